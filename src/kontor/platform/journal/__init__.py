"""What happened, in order, for ever: `append` in the transaction of the fact itself, `follow` at leisure."""

from kontor.platform.journal.entry_rows import Entry, JsonValue, append, append_all, entries_after, last_sequence_number
from kontor.platform.journal.follower import Follower, Handler, follow
from kontor.platform.journal.parking_rows import ParkedEntry, parked_entries, requeue

__all__ = [
    "Entry",
    "Follower",
    "Handler",
    "JsonValue",
    "ParkedEntry",
    "append",
    "append_all",
    "entries_after",
    "follow",
    "last_sequence_number",
    "parked_entries",
    "requeue",
]
