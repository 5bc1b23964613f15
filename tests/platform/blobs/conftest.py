"""The stores that the mandatory suite runs on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kontor.platform.blobs import DiskSegments, FailingDisk, Faults, open_folder, open_memory


@pytest.fixture(params=["folder", "memory", "failing without faults"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[DiskSegments]:
    made = {
        "folder": lambda: open_folder(tmp_path / "blobs", segment_bytes=4 << 20),
        "memory": lambda: open_memory(segment_bytes=4 << 20),
        "failing without faults": lambda: DiskSegments(
            FailingDisk(Faults()), segment_bytes=4 << 20, allocation_step=1 << 16
        ),
    }[request.param]()
    yield made
    made.close()
