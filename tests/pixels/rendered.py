"""The server's picture of a case, asked for through the web door (PS3.18 8.3.5)."""

from __future__ import annotations

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tests.corridor.web import Web
from tests.pixels.case import Case


def rendered(web: Web, case: Case, parameters: str = "") -> NDArray[np.uint8]:
    """Grey or RGB, as a PNG gives it."""
    path = f"/dicom-web/studies/{case.study}/series/{case.series}/instances/{case.instance}"
    answer = web.get(f"{path}/frames/{case.frame + 1}/rendered{parameters}", Accept="image/png")
    assert answer.status_code == 200, f"{case.name}: {answer.status_code} {answer.text[:300]}"
    return np.asarray(Image.open(io.BytesIO(answer.content)))
