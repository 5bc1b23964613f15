"""A reader's own work on what the archive holds: marks, claims and saved views (decision 0008).

Nothing of it stands in the archive's index: what is made of marks goes in by intake like every other object.
"""

from kontor.reading.claim_rows import Claim
from kontor.reading.claims import Taken, claim_jobs, claim_of, claims_of, release_claim, studies_in_reading, take_claim
from kontor.reading.errors import Claimed, MarkChanged, ReadingError
from kontor.reading.mark_model import Mark, MarkContent, MarkKind, mark_content
from kontor.reading.marks import MarkedImage, marks_of, remove_mark, save_mark
from kontor.reading.view_rows import View
from kontor.reading.views import remove_view, save_view, views_of

__all__ = [
    "Claim",
    "Claimed",
    "Mark",
    "MarkChanged",
    "MarkContent",
    "MarkKind",
    "MarkedImage",
    "ReadingError",
    "Taken",
    "View",
    "claim_jobs",
    "claim_of",
    "claims_of",
    "mark_content",
    "marks_of",
    "release_claim",
    "remove_mark",
    "remove_view",
    "save_mark",
    "save_view",
    "studies_in_reading",
    "take_claim",
    "views_of",
]
