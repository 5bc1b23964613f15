"""A list of small CT cases, each with its own patient and UIDs, and a tab that reads them one after another."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from demo.phantom import phantom_image
from pydicom.dataset import Dataset
from pydicom.uid import generate_uid

FAMILY: Final = "Reihe"
_NODE: Final = Path(sys.executable).parent / "node"
_SCRIPT: Final = Path(__file__).with_name("cases.mjs")


def slices_of_a_case(slices: int) -> list[Dataset]:
    """The images that every case is made of: drawing them takes longer than writing them."""
    return [phantom_image(number) for number in range(slices)]


def write_case(folder: Path, number: int, images: Sequence[Dataset]) -> tuple[str, list[Path]]:
    """Write case `number` into `folder`; return its study's UID and its files. `images` are changed by it."""
    folder.mkdir(parents=True, exist_ok=True)
    study, series, frame = generate_uid(), generate_uid(), generate_uid()
    written = []
    for at, image in enumerate(images):
        image.StudyInstanceUID, image.SeriesInstanceUID, image.FrameOfReferenceUID = study, series, frame
        image.SOPInstanceUID = image.file_meta.MediaStorageSOPInstanceUID = generate_uid()
        image.PatientName, image.PatientID = f"{FAMILY}^Nummer{number:03}", f"CASE-{number:03}"
        image.AccessionNumber = f"CASE-{number:03}"
        written.append(folder / f"{at:03}.dcm")
        image.save_as(written[-1], enforce_file_format=True)
    return str(study), written


def read_all(task: Mapping[str, object], within_s: float) -> dict[str, Any]:
    """Have a tab do what `cases.mjs` is told by the task; return what was weighed."""
    command = [str(_NODE), str(_SCRIPT), json.dumps(task)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=within_s)
    if done.returncode:
        raise RuntimeError(done.stderr[-3000:])
    return dict(json.loads(done.stdout.splitlines()[-1]))
