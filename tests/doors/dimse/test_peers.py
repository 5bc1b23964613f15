"""Real senders over real sockets before the real archive: DCMTK and pynetdicom."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pydicom
import pytest
from demo.sending import dcmtk_program
from pydicom.data import get_testdata_file
from pydicom.uid import UID
from pynetdicom import AE, _config
from sqlalchemy import func, select

from kontor.access import (
    Access,
    Act,
    AuditQuery,
    create_peer,
    ensure_organisation,
    list_audit,
    system_scope,
)
from kontor.archive import Archive, Receipt
from kontor.archive.tables import instance, variant
from kontor.doors.dimse import Acts, acts_of
from kontor.platform.blobs import open_folder
from kontor.platform.clock import SystemClock
from kontor.platform.database import Database
from tests.doors.dimse.servers import Running, serving

if TYPE_CHECKING:
    from kontor.platform.sandbox import Sandbox

_FILES = [
    "CT_small.dcm",
    "MR_small_RLE.dcm",
    "JPEG2000.dcm",
    "JPGExtended.dcm",
    "image_dfl.dcm",
    "ExplVR_BigEnd.dcm",
    "MR_small_implicit.dcm",
    "liver_1frame.dcm",
    "waveform_ecg.dcm",
    "test-SR.dcm",
    "reportsi.dcm",
]


@dataclass
class Door:
    """A running door, the archive behind it and what it received."""

    running: Running
    archive: Archive
    access: Access
    receipts: list[Receipt] = field(default_factory=list)

    def count(self, table: object) -> int:
        """Rows of a table."""
        counted = self.archive.database.read(lambda tx: tx.scalar(select(func.count()).select_from(table)))  # type: ignore[arg-type]  # a table of the archive
        return cast(int, counted)


@pytest.fixture
def door(sqlite_database: Database, tmp_path: Path) -> Iterator[Door]:
    """A door that knows three peers: CT1 may store, FINDER may not, ELSEWHERE calls from another address."""
    access = Access(sqlite_database, clock=SystemClock(), key=bytes(32))
    sqlite_database.write(lambda tx: ensure_organisation(tx, "main"))
    operator = system_scope(access, "main", "os:test")
    create_peer(access, operator, "CT1", may=("store",))
    create_peer(access, operator, "FINDER", may=("find",))
    create_peer(access, operator, "ELSEWHERE", host="192.0.2.7")
    segments = open_folder(tmp_path / "blobs", reserve_bytes=0)
    archive = Archive(
        sqlite_database, segments, access, cast("Sandbox", None), SystemClock()
    )  # nothing is decoded here
    real = acts_of(archive, access)
    receipts: list[Receipt] = []

    def admit(received: object) -> object:
        receipts.extend(cast(list[Receipt], received))
        return real.admit(cast(list[Receipt], received))

    acts = Acts(real.identify, real.receive, admit, real.record_store)  # type: ignore[arg-type]  # listens, then as is
    with serving(acts) as running:
        yield Door(running, archive, access, receipts)
    segments.close()


def _dcmtk(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    found = dcmtk_program(program)
    assert found, f"{program} is missing: Debian's package dcmtk ships it (make setup installs it)"
    return subprocess.run([found, *arguments], capture_output=True, text=True, timeout=60, check=False)


def _path(name: str) -> str:
    found = get_testdata_file(name, download=False)
    assert isinstance(found, str)
    return found


def _data_set(path: str) -> bytes:
    """The bytes of a file behind its meta information."""
    length = pydicom.filereader.read_file_meta_info(path).FileMetaInformationGroupLength
    return Path(path).read_bytes()[128 + 4 + 12 + length :]


def _send(port: int, path: str, *, calling: str = "CT1", called: str = "KONTOR", maximum: int = 16382) -> int | None:
    """Send the bytes of a file as they are with pynetdicom; the status, or None without an association."""
    file = pydicom.dcmread(path, stop_before_pixels=True)
    entity = AE(ae_title=calling)
    entity.maximum_pdu_size = maximum
    entity.add_requested_context(UID(file.SOPClassUID), file.file_meta.TransferSyntaxUID)
    association = entity.associate("127.0.0.1", port, ae_title=called)
    if not association.is_established:
        return None
    try:
        return int(association.send_c_store(path).Status)
    finally:
        association.release()


@pytest.fixture(autouse=True)
def _send_bytes_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_config, "STORE_SEND_CHUNKED_DATASET", True)


def test_echoscu_is_answered(door: Door) -> None:
    result = _dcmtk("echoscu", "-aet", "CT1", "-aec", "KONTOR", "127.0.0.1", str(door.running.port))
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("maximum", ["4096", "16384", "131072"])
def test_storescu_stores_and_storing_again_changes_nothing(door: Door, maximum: str) -> None:
    files = [_path("CT_small.dcm"), _path("MR_small.dcm"), _path("rtdose.dcm")]
    command = ("-aet", "CT1", "-aec", "KONTOR", "--max-send-pdu", maximum, "127.0.0.1", str(door.running.port), *files)
    for _ in range(2):
        result = _dcmtk("storescu", *command)
        assert result.returncode == 0, result.stderr
    assert door.count(instance) == 3
    assert door.count(variant) == 0
    assert len(door.receipts) == 6


def test_storescu_of_a_stranger_is_told_why(door: Door) -> None:
    arguments = ("127.0.0.1", str(door.running.port), _path("CT_small.dcm"))
    stranger = _dcmtk("storescu", "-aet", "NOBODY", "-aec", "KONTOR", *arguments)
    wrong_called = _dcmtk("storescu", "-aet", "CT1", "-aec", "OTHER", *arguments)
    elsewhere = _dcmtk("storescu", "-aet", "ELSEWHERE", "-aec", "KONTOR", *arguments)
    assert "Calling AE Title Not Recognized" in stranger.stderr
    assert "Called AE Title Not Recognized" in wrong_called.stderr
    assert "Calling AE Title Not Recognized" in elsewhere.stderr
    assert door.count(instance) == 0


@pytest.mark.parametrize("name", _FILES)
def test_every_kind_of_object_is_kept_byte_by_byte_in_its_own_syntax(door: Door, name: str) -> None:
    assert _send(door.running.port, _path(name)) == 0x0000
    file = pydicom.dcmread(_path(name), stop_before_pixels=True)
    (receipt,) = door.receipts
    assert receipt.transfer_syntax == file.file_meta.TransferSyntaxUID
    assert receipt.header.sop_instance_uid == file.SOPInstanceUID
    assert receipt.digest == hashlib.sha256(_data_set(_path(name))).hexdigest()


def test_other_bytes_of_the_same_object_are_kept_beside_with_a_warning(door: Door, tmp_path: Path) -> None:
    changed = pydicom.dcmread(_path("CT_small.dcm"))
    changed.PatientComments = "windowed"
    changed.save_as(tmp_path / "changed.dcm")
    assert _send(door.running.port, _path("CT_small.dcm")) == 0x0000
    assert _send(door.running.port, str(tmp_path / "changed.dcm")) == 0xB000
    assert (door.count(instance), door.count(variant)) == (1, 1)


def test_an_object_that_is_not_the_one_announced_is_refused_and_the_next_one_kept(door: Door, tmp_path: Path) -> None:
    liar = pydicom.dcmread(_path("CT_small.dcm"))
    liar.file_meta.MediaStorageSOPInstanceUID = UID("1.2.3.4.5")
    pydicom.dcmwrite(tmp_path / "liar.dcm", liar, overwrite=True)
    without_study = pydicom.dcmread(_path("CT_small.dcm"))
    del without_study.StudyInstanceUID
    without_study.save_as(tmp_path / "without.dcm")
    path_of = {"liar": tmp_path / "liar.dcm", "without": tmp_path / "without.dcm", "good": Path(_path("MR_small.dcm"))}
    entity = AE(ae_title="CT1")
    for storage in ("1.2.840.10008.5.1.4.1.1.2", "1.2.840.10008.5.1.4.1.1.4"):
        entity.add_requested_context(storage, pydicom.uid.ExplicitVRLittleEndian)
    association = entity.associate("127.0.0.1", door.running.port, ae_title="KONTOR")
    answers = {name: association.send_c_store(path) for name, path in path_of.items()}
    association.release()
    assert {name: answer.Status for name, answer in answers.items()} == {"liar": 0xA900, "without": 0xA900, "good": 0}
    assert answers["liar"].ErrorComment == "SOP Instance UID differs from the one announced"
    assert answers["without"].ErrorComment == "Study Instance UID is missing"
    assert door.count(instance) == 1


def test_a_peer_without_the_right_is_not_authorised(door: Door) -> None:
    assert _send(door.running.port, _path("CT_small.dcm"), calling="FINDER") == 0x0124
    assert door.count(instance) == 0


def test_storing_is_in_the_audit_once_for_each_study_and_association(door: Door) -> None:
    for _ in range(2):
        assert _send(door.running.port, _path("CT_small.dcm")) == 0
    operator = system_scope(door.access, "main", "os:test")
    rows = [row.entry for row in list_audit(door.access, operator, AuditQuery(act=Act.STORE.value), 10)]
    study = pydicom.dcmread(_path("CT_small.dcm"), stop_before_pixels=True).StudyInstanceUID
    assert [(row.actor_name, row.subject) for row in rows] == [("CT1", study)] * 2


def test_a_script_that_bears_the_name_of_dcmtks_program_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script, program = tmp_path / "environment" / "storescu", tmp_path / "debian" / "storescu"
    for path, begins in ((script, b"#!/usr/bin/python3\n"), (program, b"\x7fELF")):
        path.parent.mkdir()
        path.write_bytes(begins)
        path.chmod(0o755)
    monkeypatch.setenv("PATH", f"{script.parent}:{program.parent}")
    assert dcmtk_program("storescu") == str(program)
