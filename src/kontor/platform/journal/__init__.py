"""What happened, in order, for ever: `append` in the transaction of the fact itself, `follow` at leisure."""

from kontor.platform.journal.entry_rows import Entry, JsonValue, append, append_all, entries_after, last_sequence_number
from kontor.platform.journal.follower import Follower, Handler, follow
from kontor.platform.journal.parked_queries import ParkedRow, count_parked, list_parked, requeue_parked
from kontor.platform.journal.parking_rows import ParkedEntry, parked_entries, requeue

__all__ = [
    "Entry",
    "Follower",
    "Handler",
    "JsonValue",
    "ParkedEntry",
    "ParkedRow",
    "append",
    "append_all",
    "count_parked",
    "entries_after",
    "follow",
    "last_sequence_number",
    "list_parked",
    "parked_entries",
    "requeue",
    "requeue_parked",
]
