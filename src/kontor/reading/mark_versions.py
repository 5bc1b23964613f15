"""Which version of a mark comes next. Pure.

Saving twice is saving once, and what somebody changed in another window is never overwritten unseen (decision 0008).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kontor.access import Inadmissible
from kontor.archive import NotThere
from kontor.reading.errors import MarkChanged

if TYPE_CHECKING:
    from kontor.reading.mark_model import Anchor, Mark, MarkContent


def following_version(current: Mark | None, anchor: Anchor, content: MarkContent, follows: int) -> int | None:
    """The number of the version to write; None when what is wanted stands there already.

    Args:
        current: the mark as it stands, None when there is none of this name.
        anchor: where it is to lie.
        content: what it is to say.
        follows: the version that the caller saw last, 0 for a new mark.

    Raises:
        MarkChanged: another version came between.
        NotThere: a version of a mark that does not exist was to be followed.
        Inadmissible: the name belongs to a mark of another image or kind.
    """
    if current is None:
        if follows:
            raise NotThere("no such mark")
        return 1
    if current.anchor != anchor:
        raise Inadmissible("id", "names a mark of another image, frame or kind")
    if current.content == content and current.version in {follows, follows + 1}:
        return None
    if current.version != follows:
        raise MarkChanged(current)
    return follows + 1
