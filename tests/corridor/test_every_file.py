"""Every sample file by every door: kept and given back byte by byte, or refused for the reason that it deserves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from tests.corridor.house import living
from tests.corridor.samples import Sample, groups, offered, samples
from tests.corridor.senders import NOT_ACCEPTED
from tests.corridor.web import Web

VARIANT: Final = 0xB000
MISMATCH: Final = 0xA900
CANNOT_UNDERSTAND: Final = 0xC000
_OF_MISMATCH: Final = {"bad-uid", "missing-sop-class", "missing-sop-instance", "missing-study", "missing-series"}


def test_every_file_by_stow(engine_url: str, tmp_path: Path) -> None:
    with living(tmp_path / "house", engine_url) as house, house.web as web:
        wrong, seen = [], _Seen()
        for one in samples():
            stored = web.store(one.path.read_bytes())
            expected = (200, {one.sop: 0}, 0) if one.is_kept else (409, {}, 1)
            if one.is_kept and seen.is_variant(one):
                expected = (202, {one.sop: VARIANT}, 0)
            if (stored.status, stored.kept, len(stored.failed)) != expected:
                wrong.append((one.name, stored))
        assert wrong == []
        assert _not_given_back(web, samples()) == []
        assert _not_beside(web, samples()) == []


def test_every_file_by_dicom(engine_url: str, tmp_path: Path) -> None:
    chosen = offered(samples())
    assert len(chosen) > 100
    with living(tmp_path / "house", engine_url) as house, house.web as web:
        answers = house.modality.send([one.path for one in chosen])
        wrong, seen = [], _Seen()
        for one in chosen:
            answer = answers[one.path]
            expected = {0} if one.is_kept else _refusals(one.reason)
            if one.is_kept and seen.is_variant(one):
                expected = {VARIANT}
            if answer.status not in expected or (answer.status > 0 and not 0 < len(answer.comment) <= 64):
                wrong.append((one.name, one.reason, answer))
        assert wrong == []
        assert _not_given_back(web, chosen) == []
        assert _not_beside(web, chosen) == []


def test_every_file_by_import(engine_url: str, tmp_path: Path) -> None:
    with living(tmp_path / "house", engine_url) as house, house.web as web:
        every = samples()
        refused = [one for one in every if not one.is_kept]
        # Files named by name: import of a folder passes over what is not DICOM, a file that was named is refused.
        done = house.command("import", *(str(one.path) for one in every), expect=1)
        lines = [line for line in done.stdout.splitlines() if line.strip()]
        wrong = [one.name for one in refused if not _has_line(lines, one)]
        assert (wrong, len(lines)) == ([], len(refused)), lines
        assert _not_given_back(web, every) == []
        assert _not_beside(web, every) == []


def _has_line(lines: Sequence[str], one: Sample) -> bool:
    reason = re.compile(rf"\b{re.escape(one.reason)}\b")
    return any(str(one.path) in line and reason.search(line) for line in lines)


def _refusals(reason: str) -> set[int]:
    """A DICOMDIR's class is not agreed to; UIDs that are missing or wrong disagree with those announced."""
    if reason == "dicomdir":
        return {NOT_ACCEPTED}
    return {MISMATCH} if reason in _OF_MISMATCH else {CANNOT_UNDERSTAND}


class _Seen:
    """Which data sets came under each SOP Instance UID so far."""

    def __init__(self) -> None:
        self._digests: dict[str, set[str]] = {}

    def is_variant(self, one: Sample) -> bool:
        """Whether this is other bytes under a known UID; remembers it."""
        known = self._digests.setdefault(one.sop, set())
        other = bool(known) and one.digest not in known
        known.add(one.digest)
        return other


def _not_given_back(web: Web, chosen: Iterable[Sample]) -> list[str]:
    """SOP Instance UIDs whose primary does not come back as it was stored, behind a preamble of ours."""
    wrong = []
    for sop, members in groups(chosen).items():
        first = members[0]
        file = web.instance(first.study, first.series, sop)
        if not file.endswith(first.data_set) or file[:132] != bytes(128) + b"DICM":
            wrong.append(first.name)
    return wrong


def _not_beside(web: Web, chosen: Iterable[Sample]) -> list[str]:
    """Groups of one UID that are not listed as the first with the others beside it, each once."""
    wrong = []
    for sop, members in groups(chosen).items():
        digests = list(dict.fromkeys(one.digest for one in members))
        if len(digests) < 2:
            continue
        listed = web.api(f"/instances/{sop}/variants")
        beside = [row["digest"] for row in listed["variants"]]
        if listed["primary"]["digest"] != digests[0] or sorted(beside) != sorted(digests[1:]):
            wrong.append(members[0].name)
    return wrong
