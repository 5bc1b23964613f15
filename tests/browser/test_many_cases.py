"""A tab in which many cases were read weighs what it weighed after a few, and holds nothing of those that were left."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
from bench.viewer.cases import FAMILY, read_all, slices_of_a_case, write_case

from tests.corridor.house import PASSWORD, USER, living

SLICES: Final = 8
FEW, MANY = 6, 18
KEPT_AT_MOST_MIB: Final = (MANY - FEW) * SLICES * 512 * 512 * 2 / 2**20 / 2
"""Half of the pixels of the cases between: who keeps a case keeps all of it. The bench holds two hundred to 20 %."""
HELD: Final = ("listeners", "nodes")


@pytest.mark.parametrize("graphics", [False, True], ids=["canvas", "webgl"])
def test_memory_does_not_grow_with_the_cases_that_were_read(tmp_path: Path, graphics: bool) -> None:
    images = slices_of_a_case(SLICES)
    with living(tmp_path, f"sqlite:///{tmp_path}/kontor.db") as house, house.web as web:
        studies = []
        for number in range(MANY):
            study, files = write_case(tmp_path / "case", number, images)
            assert web.store(*(path.read_bytes() for path in files)).failed == []
            studies.append(study)
        task = {"address": house.root, "user": USER, "password": PASSWORD, "family": FAMILY, "graphics": graphics}
        seen = read_all({**task, "studies": studies, "slices": SLICES, "marks": [FEW, MANY]}, within_s=400)
    assert seen["renderer"] == ("webgl" if graphics else "2d")
    few, many = seen["weighed"]
    for process in ("renderer_mib", "gpu_mib"):
        assert many[process] - few[process] < KEPT_AT_MOST_MIB, seen["weighed"]
    assert many["workers"] == few["workers"]
    before, after = ({what: told[what] for what in HELD} | told["alive"] for told in (few, many))
    stays = {what: count - before.get(what, 0) for what, count in after.items()}
    assert max(stays.values()) < MANY - FEW, f"one of each case stays: {stays}"
