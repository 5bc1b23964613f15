"""A second opinion: the picture of DCMTK's dcm2pnm, dcmj2pnm or dcml2pnm, told what the image itself asks for."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from pydicom.dataset import Dataset

from tests.pixels.case import Case

_PROGRAMS: Final = {
    "50": "dcmj2pnm",
    "51": "dcmj2pnm",
    "57": "dcmj2pnm",
    "70": "dcmj2pnm",
    "80": "dcml2pnm",
    "81": "dcml2pnm",
}
_TABLE_FIRST: Final = {"CR", "DX", "MG", "IO", "PX"}


def drawn_by_dcmtk(case: Case) -> NDArray[np.uint8] | None:
    """Its picture, None where DCMTK cannot draw this file."""
    dataset = case.dataset()
    program = _PROGRAMS.get(case.syntax.removeprefix("1.2.840.10008.1.2.4."), "dcm2pnm")
    assert shutil.which(program), f"{program} is missing: Debian's package dcmtk ships it"
    with tempfile.TemporaryDirectory() as folder:
        file, picture = Path(folder) / "in.dcm", Path(folder) / "out.png"
        file.write_bytes(case.file())
        command = [program, "-q", "+on", *_window(dataset), "+F", str(case.frame + 1), str(file), str(picture)]
        done = subprocess.run(command, capture_output=True, check=False)
        if done.returncode != 0 or not picture.exists():
            return None
        return np.asarray(Image.open(picture).convert("RGB" if _is_colour(dataset) else "L"))


def _is_colour(dataset: Dataset) -> bool:
    return int(dataset.get("SamplesPerPixel", 1)) == 3 or dataset.get("PhotometricInterpretation") == "PALETTE COLOR"


def _window(dataset: Dataset) -> list[str]:
    """Projection radiography its table, others their window; as the header says it."""
    table, centre = bool(dataset.get("VOILUTSequence")), dataset.get("WindowCenter")
    if _is_colour(dataset):
        return []
    if table and (centre is None or dataset.get("Modality") in _TABLE_FIRST):
        return ["+Wl", "1"]
    sigmoid = ["+Wfs"] if dataset.get("VOILUTFunction") == "SIGMOID" else []
    return ["+Wi", "1", *sigmoid] if centre is not None else []


def difference(ours: NDArray[Any], theirs: NDArray[Any]) -> int:
    """The largest difference of any sample; a grey picture beside one of RGB is compared in each channel."""
    if ours.ndim < theirs.ndim:
        ours = np.repeat(ours[..., None], 3, axis=-1)
    assert ours.shape == theirs.shape, (ours.shape, theirs.shape)
    return int(np.abs(ours.astype(np.int64) - theirs.astype(np.int64)).max())
