"""Tests that share something dear run in one worker: pytest-xdist's own marks do nothing under pytest 9.2.

xdist 3.8 writes a test's group into an attribute that pytest 9.2 no longer reads, and says nothing about it. So the
group is taken from the file that names it: `pytestmark = pytest.mark.xdist_group(…)`.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final

from xdist.scheduler import LoadGroupScheduling

_ROOT: Final = Path(__file__).resolve().parents[1]
_MARK: Final = re.compile(r"^pytestmark = pytest\.mark\.xdist_group\((.+?)\)", re.MULTILINE)


class ByFileMark(LoadGroupScheduling):
    """Sends all tests of files with one mark to one worker, and every other test where there is room."""

    def _split_scope(self, nodeid: str) -> str:
        return _group_of(nodeid.partition("::")[0]) or nodeid


@cache
def _group_of(path: str) -> str:
    found = _MARK.search((_ROOT / path).read_text(encoding="utf-8"))
    return found[1] if found else ""
