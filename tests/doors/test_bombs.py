"""Bombs and lying lengths (peers.md 4.5), depth (4.6), programs in preambles (4.15), by the doors that take objects."""

from __future__ import annotations

import gzip
import socket
import struct
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Final

import psutil
import pytest
from pydicom.uid import ExplicitVRLittleEndian

from tests.corridor.house import SHARED, House
from tests.corridor.images import bare, new_image, written

pytestmark = pytest.mark.xdist_group(SHARED)
DEFLATED: Final = "1.2.840.10008.1.2.1.99"
MEMORY_MAX: Final = 96 << 20
MIB: Final = 1 << 20


def _memory(house: House) -> int:
    """Memory of the largest process of the house, in bytes."""
    assert house.process is not None
    family = psutil.Process(house.process.pid).children(recursive=True)
    return max(one.memory_info().rss for one in family)


def _as_file(data_set: bytes, syntax: str, sop: str) -> bytes:
    """A file around any bytes as data set."""
    uid = sop.encode() + b"\0" * (len(sop) % 2)
    transfer = syntax.encode() + b"\0" * (len(syntax) % 2)
    ct = b"1.2.840.10008.5.1.4.1.1.2\0"
    meta = b"".join(
        struct.pack("<HH2sH", 2, element, b"UI", len(value)) + value
        for element, value in ((0x0002, ct), (0x0003, uid), (0x0010, transfer))
    )
    return bytes(128) + b"DICM" + struct.pack("<HH2sHI", 2, 0, b"UL", 4, len(meta)) + meta + data_set


def _sent(house: House, file: bytes, folder: Path) -> int:
    (folder / "sent.dcm").write_bytes(file)
    (answer,) = house.modality.send([folder / "sent.dcm"]).values()
    return answer.status


def test_a_deflated_bomb_is_refused_in_bounded_memory(house: House, tmp_path: Path) -> None:
    image = new_image()
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    start = bare(written(image)).partition(b"\xe0\x7f\x10\x00")[0]
    bomb = packer.compress(start + struct.pack("<HH2sHI", 0x7FE1, 0x1010, b"OB", 0, 0xFFFFFFF0))
    bomb += b"".join(packer.compress(bytes(MIB)) for _ in range(1536)) + packer.flush()
    file = _as_file(bomb, DEFLATED, image.SOPInstanceUID)
    assert len(file) < 8 * MIB
    before = _memory(house)
    with house.web as web:
        assert web.stow(file).status_code == 409
    assert _sent(house, file, tmp_path) in {0xC000, 0xA900}
    assert _memory(house) - before < MEMORY_MAX


@pytest.mark.parametrize("claimed", [0xFFFFFFFE, 0x7FFFFFFF, 1 << 30])
@pytest.mark.parametrize(
    ("group", "element", "vr"), [(0x0008, 0x0005, b"UN"), (0x0009, 0x1001, b"OB"), (0x0018, 0x9999, b"SQ")]
)
def test_an_element_that_claims_gigabytes_is_refused(
    house: House, tmp_path: Path, group: int, element: int, vr: bytes, claimed: int
) -> None:
    image = new_image()
    liar = struct.pack("<HH2sHI", group, element, vr, 0, claimed) + b"abcd"
    file = _as_file(liar + bare(written(image)), ExplicitVRLittleEndian, image.SOPInstanceUID)
    before = _memory(house)
    with house.web as web:
        assert web.stow(file).status_code == 409
        assert web.stow(written(image)).status_code == 200
    assert _sent(house, file, tmp_path) in {0xC000, 0xA900}
    assert _memory(house) - before < MEMORY_MAX


def test_a_body_that_claims_four_gigabytes_costs_nothing(house: House) -> None:
    before = _memory(house)
    head = (
        f"POST /dicom-web/studies HTTP/1.1\r\nHost: 127.0.0.1:{house.http}\r\nAuthorization: Bearer {house.token}\r\n"
        'Content-Type: multipart/related; type="application/dicom"; boundary=x\r\nContent-Length: 4294967296\r\n\r\n'
    )
    with socket.create_connection(("127.0.0.1", house.http), timeout=30) as line:
        line.sendall(head.encode() + b"--x\r\nContent-Type: application/dicom\r\n\r\n" + bytes(1000))
        with house.web as web:
            assert web.get("/readyz").status_code == 200
        assert _memory(house) - before < MEMORY_MAX


def test_a_packed_body_is_not_unpacked(house: House) -> None:
    packed = gzip.compress(bytes(256 * MIB), 9)
    before = _memory(house)
    with house.web as web:
        headers = {
            "Content-Type": 'multipart/related; type="application/dicom"; boundary=x',
            "Content-Encoding": "gzip",
        }
        answer = web.client.post("/dicom-web/studies", content=packed, headers=headers)
        assert answer.status_code in {400, 413, 415}
    assert _memory(house) - before < MEMORY_MAX


@pytest.mark.parametrize("where", ["path", "field"])
def test_a_head_without_end_is_refused_before_it_fills_memory(house: House, where: str) -> None:
    before = _memory(house)
    start = b"GET /dicom-web/studies?PatientName=" if where == "path" else b"GET / HTTP/1.1\r\nHost: a\r\nX-Long: "
    with socket.create_connection(("127.0.0.1", house.http), timeout=30) as line:
        with suppress(OSError):  # it may hang up while we still send
            line.sendall(start)
            for _ in range(256):
                line.sendall(b"A" * MIB)
        with suppress(OSError):
            assert line.recv(100).split()[1:2] in ([], [b"400"], [b"414"], [b"431"])
    assert _memory(house) - before < MEMORY_MAX
    with house.web as web:
        assert web.get("/readyz").status_code == 200


def test_a_cut_object_is_never_shown_as_whole(house: House) -> None:
    image = new_image()
    file = written(image)
    cut = file[: file.index(b"\xe0\x7f\x10\x00") + 2000]
    with house.web as web:
        answer = web.stow(cut)
        if answer.status_code == 409:
            return
        uids = (image.StudyInstanceUID, image.SeriesInstanceUID, image.SOPInstanceUID)
        assert web.instance(*uids).endswith(bare(cut))
        path = "/dicom-web/studies/{}/series/{}/instances/{}".format(*uids)
        assert web.get(f"{path}/rendered").status_code in {404, 422}
        assert web.get(f"{path}/frames/1").status_code in {404, 422}


@pytest.mark.parametrize(("depth", "is_kept"), [(10, True), (60, True), (65, False), (199, False), (5_000, False)])
def test_nested_sequences_are_kept_or_refused_by_their_depth_alone(
    house: House, tmp_path: Path, depth: int, is_kept: bool
) -> None:
    image = new_image()
    data = bare(written(image))
    open_one = struct.pack("<HH2sHI", 0x0040, 0xA730, b"SQ", 0, 0xFFFFFFFF) + struct.pack(
        "<HHI", 0xFFFE, 0xE000, 0xFFFFFFFF
    )
    close_one = struct.pack("<HHI", 0xFFFE, 0xE00D, 0) + struct.pack("<HHI", 0xFFFE, 0xE0DD, 0)
    at = data.index(b"\xe0\x7f\x10\x00")
    nested = data[:at] + open_one * depth + close_one * depth + data[at:]
    file = _as_file(nested, ExplicitVRLittleEndian, image.SOPInstanceUID)
    with house.web as web:
        stored = web.store(file)
        assert (stored.status == 200) is is_kept, stored
        other = new_image()
        (tmp_path / "after.dcm").write_bytes(written(other))
        (tmp_path / "nested.dcm").write_bytes(file)
        answers = list(house.modality.send([tmp_path / "nested.dcm", tmp_path / "after.dcm"]).values())
        assert (answers[0].status == 0) is is_kept
        assert answers[1].status == 0, "the association goes on"
        if is_kept:
            path = f"/dicom-web/studies/{image.StudyInstanceUID}/metadata"
            assert web.get(path).status_code == 200


PROGRAMS: Final = {
    "Windows": b"MZ\x90\x00",
    "Linux": b"\x7fELF\x02\x01",
    "macOS": b"\xcf\xfa\xed\xfe",
    "shell": b"#!/bin/sh\ntouch /tmp/kontor-escaped\n",
    "ZIP": b"PK\x03\x04",
    "PDF": b"%PDF-1.7",
    "HTML": b"<html><script>alert(1)</script>",
    "TIFF": b"II*\x00\x08\x00\x00\x00",
}


@pytest.mark.parametrize("kind", PROGRAMS)
def test_what_stands_in_a_preamble_never_leaves(house: House, kind: str, tmp_path: Path) -> None:
    image = new_image()
    preamble = PROGRAMS[kind] + b"\xcc" * (128 - len(PROGRAMS[kind]))
    file = preamble + written(image)[128:]
    with house.web as web:
        assert web.store(file).status == 200
        uids = (image.StudyInstanceUID, image.SeriesInstanceUID, image.SOPInstanceUID)
        kept = web.instance(*uids)
        assert kept[:132] == bytes(128) + b"DICM"
        assert bare(kept) == bare(file)
        alone = web.get("/dicom-web/studies/{}/series/{}/instances/{}".format(*uids), Accept="application/dicom")
        assert alone.content[:132] == bytes(128) + b"DICM"
        assert alone.headers["content-type"].startswith("application/dicom")
        assert alone.headers["x-content-type-options"] == "nosniff"
    assert _sent(house, file, tmp_path) == 0
