"""The levels of levels.json, which the client's tests read too: both twins draw them, level for level."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from kontor.dicom.objects import render
from tests.dicom.objects.data_sets import as_frame
from tests.dicom.objects.make_levels import LEVELS, document

CASES: list[dict[str, Any]] = json.loads(LEVELS.read_text(encoding="utf-8"))


def test_the_shared_levels_are_those_of_their_formulas() -> None:
    assert json.loads(json.dumps(document())) == CASES


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_server_draws_the_shared_levels(case: dict[str, Any]) -> None:
    cells = np.array([float(cell) for cell in case["cells"]]).astype(case["kind"])
    picture = render(as_frame(cells, case["header"]), case["header"])
    assert picture.pixels.ravel().tolist() == case["levels"]
