"""Real files, one of each kind: the server's pipeline equals the reference on them too."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from pydicom import dcmread
from pydicom.dataset import FileDataset

from kontor.dicom.objects import Undisplayable, render
from kontor.platform.sandbox import Sandbox, SandboxError
from tests.dicom.objects.data_sets import our_frame
from tests.pixels.reference import picture
from tests.pixels.second_opinion import difference
from tests.shared_data import expectations, shared_root

PIXELS_MAX: Final = 1 << 20
KIND: Final = (
    "SOPClassUID", "PhotometricInterpretation", "BitsAllocated", "BitsStored", "PixelRepresentation",
    "VOILUTFunction", "PlanarConfiguration", "PixelPresentation",
)  # fmt: skip


def kind_of(file: FileDataset) -> tuple[Any, ...]:
    """What decides how a file is drawn."""
    overlays = any(0x60000000 <= tag < 0x60200000 for tag in file.keys())  # noqa: SIM118  iterates over elements
    tables = tuple(word in file for word in ("VOILUTSequence", "ModalityLUTSequence", "ShutterShape", "WindowCenter"))
    return (str(file.file_meta.TransferSyntaxUID), *(str(file.get(word)) for word in KIND), overlays, tables)


def one_of_each_kind() -> list[Path]:
    """Paths of shared files that can be stored and have pixels of a size that is quickly compared."""
    root, found = shared_root(), {}
    if root is None:
        return []
    for path, row in expectations().items():
        if row["expect"] == "store":
            file = _read(root / path)
            if file is not None and 0 < int(file.get("Rows") or 0) * int(file.get("Columns") or 0) <= PIXELS_MAX:
                found.setdefault(kind_of(file), root / path)
    return list(found.values())


def _read(path: Path) -> FileDataset | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            file = dcmread(path)
            return file if "PixelData" in file and file.file_meta.get("TransferSyntaxUID") else None
        except Exception:  # noqa: BLE001  files that are broken on purpose belong to other tests
            return None


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    made = Sandbox(1)
    yield made
    made.close()


def compared(path: Path, sandbox: Sandbox) -> int | None:
    """The largest difference; None when one of the two cannot decode it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        file = dcmread(path)
        try:
            wanted = picture(file)
        except Exception:  # noqa: BLE001  what pydicom cannot take apart is no reference
            return None
        document = file.to_json_dict(bulk_data_threshold=1 << 30, suppress_invalid_tags=True)
        try:
            frame = our_frame(file, sandbox)
        except (Undisplayable, SandboxError, ValueError, StopIteration):
            return None
        return difference(wanted, render(frame, document).pixels)


def test_real_files_of_every_kind_are_drawn_as_the_reference_says(
    sandbox: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = one_of_each_kind()
    if not paths:
        with capsys.disabled():
            print("\nthe wider sample files are absent: only made images were compared")
    found = {path.name: compared(path, sandbox) for path in paths}
    assert {name: value for name, value in found.items() if value} == {}
    assert sum(value is not None for value in found.values()) >= 80 or not paths
