"""What happened, in order, for ever; and who follows it: `append` in the fact's own transaction, `follow` at leisure."""

from kontor.platform.journal.entries import Entry, append, entries_after, last_sequence_number
from kontor.platform.journal.follower import Follower, Handler, follow
from kontor.platform.journal.parking import ParkedEntry, parked_entries, requeue

__all__ = [
    "Entry",
    "Follower",
    "Handler",
    "ParkedEntry",
    "append",
    "entries_after",
    "follow",
    "last_sequence_number",
    "parked_entries",
    "requeue",
]
