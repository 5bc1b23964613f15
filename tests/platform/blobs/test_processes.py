"""Two processes on one folder: their segments stay apart, and what a killed one acknowledged is found."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest

from kontor.platform.blobs import DiskSegments, RecordKind, StorageUnavailable, open_folder
from kontor.platform.blobs.disk import Folder, FolderFile
from kontor.platform.blobs.errors import ReadOnlyStorage
from tests.platform.blobs.an_object import a_body, hexdigest, put, walked

WRITE_FOR_EVER = """
import sys
from pathlib import Path
from kontor.platform.blobs import open_folder
from tests.platform.blobs.an_object import a_body, put
writer = open_folder(Path(sys.argv[1])).writer()
seed = 0
while True:
    print(put(writer, a_body(20_000 + 997 * (seed % 90), seed)).digest, flush=True)
    seed += 1
"""


@pytest.mark.parametrize("kill_after", [1, 7, 40])
def test_what_a_killed_process_acknowledged_is_found(tmp_path: Path, kill_after: int) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WRITE_FOR_EVER, str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    ) as process:
        assert process.stdout is not None
        acknowledged = {process.stdout.readline().strip() for _ in range(kill_after)}
        store = open_folder(tmp_path)
        assert list(store.claim_abandoned()) == [], "a living process keeps its segment"
        process.send_signal(signal.SIGKILL)
        acknowledged |= {line.strip() for line in process.stdout.read().splitlines() if len(line.strip()) == 64}
    (claimed,) = store.claim_abandoned()
    store.seal(claimed.segment)
    records, walk = walked(store, claimed.segment)
    assert acknowledged <= {record.digest for record in records}
    assert walk.damages == []


def test_two_stores_on_one_folder_write_apart_and_read_each_other(tmp_path: Path) -> None:
    one, two = open_folder(tmp_path), open_folder(tmp_path)
    writers = [one.writer(), two.writer()]
    placed = [put(writer, a_body(1000, index)) for index, writer in enumerate(writers)]
    assert placed[0].segment != placed[1].segment
    assert two.read(placed[0].segment, placed[0].body_offset, 1000) == a_body(1000, 0)
    assert list(one.claim_abandoned()) == list(two.claim_abandoned()) == []
    writers[0].close()
    assert [info.segment for info in two.claim_abandoned()] == [placed[0].segment]


def test_a_segment_half_born_is_cleared_away_once_its_process_is_dead(tmp_path: Path) -> None:
    store = open_folder(tmp_path)
    half_born = tmp_path / "00.new"
    half_born.write_bytes(b"\0" * 10)
    holder = store._disk.open("00.new", writable=True)
    assert holder.try_lock()
    list(store.claim_abandoned())
    assert half_born.exists()
    holder.close()
    list(store.claim_abandoned())
    assert not half_born.exists()


def test_a_gigabyte_in_slices_adds_no_memory(tmp_path: Path) -> None:
    store = open_folder(tmp_path)
    writer = store.writer()
    piece = a_body(1 << 20)
    tracemalloc.start()
    writer.begin()
    for _ in range(64):
        writer.write(piece)
    placed = writer.finish({})
    total = sum(len(part) for part in store.stream(placed.segment, placed.body_offset, placed.body_length))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert total == 64 << 20
    assert peak < 4 << 20
    assert placed.digest == hexdigest(piece * 64)


def test_a_vanished_or_forbidden_folder_is_a_typed_error(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"")
    with pytest.raises((StorageUnavailable, ReadOnlyStorage)):
        open_folder(file / "under")


class TakenForDead(Folder):
    """A folder in which a process that starts removes a new file before its maker has locked it, once."""

    taken = 0

    def create(self, name: str) -> FolderFile:
        made = super().create(name)
        if not self.taken:
            self.taken += 1
            self.remove(name)
        return made


def test_a_segment_that_is_taken_for_a_dead_ones_while_it_is_born_is_made_again(tmp_path: Path) -> None:
    disk = TakenForDead(tmp_path)
    store = DiskSegments(disk)
    writer = store.writer()
    writer.begin(RecordKind.OBJECT)
    writer.write(b"kept")
    placed = writer.finish({})
    writer.release()
    assert disk.taken == 1
    assert store.read(placed.segment, placed.body_offset, 4) == b"kept"
    store.close()
