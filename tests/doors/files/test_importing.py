"""Import takes what is there, says why it does not take the rest, and writes nowhere else."""

from __future__ import annotations

import io
import os
import stat
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kontor.archive import Receipt, examine, study_rows
from kontor.dicom.values import IMPLICIT_LITTLE
from kontor.doors.files import ImportLimits, ImportReport, import_paths, importing
from kontor.platform.clock import SystemClock
from kontor.platform.database import Database
from tests.archive.objects import Desk, archive_on, dataset, part10
from tests.archive.poison import POISON

ENCRYPTED = 0x01


@pytest.fixture
def desk(sqlite_database: Database) -> Iterator[Desk]:
    desk = archive_on(sqlite_database, clock=SystemClock())
    yield desk
    desk.archive.segments.close()


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    """A folder with nothing of ours in it."""
    folder = tmp_path / "disk"
    folder.mkdir()
    return folder


class Said(list[str]):
    """The lines of refusal by the last part of the name: (name, code)."""

    def codes(self) -> dict[str, str]:
        pairs = (line.rstrip("\n").rsplit(": ", 2) for line in self)
        return {name.rpartition("/")[2]: code for name, code, _ in pairs}


def taken(desk: Desk, *paths: Path, limits: ImportLimits | None = None) -> tuple[ImportReport, Said]:
    said = Said()
    return import_paths(desk.archive, desk.scope, list(paths), said.append, said.append, limits), said


def zipped(path: Path, *members: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return path


def test_a_folder_is_taken_whole_and_every_other_file_has_its_line(desk: Desk, disk: Path) -> None:
    (disk / "a" / "b").mkdir(parents=True)
    (disk / "a" / "IM1").write_bytes(part10(dataset("1")))
    (disk / "a" / "b" / "IM2").write_bytes(part10(dataset("2")))
    (disk / "a" / "b" / "again").write_bytes(part10(dataset("2")))
    (disk / "a" / "other").write_bytes(part10(dataset("2", pixels=b"\1" * 32)))
    (disk / "a" / "readme.txt").write_bytes(b"Bilder vom 1.1.2026\n" * 20)
    (disk / "a" / "empty").write_bytes(b"")
    report, said = taken(desk, disk / "a")
    assert (report.new, report.repeated, report.variants, report.refused) == (2, 1, 1, 2)
    assert said.codes() == {"readme.txt": "not-dicom", "empty": "not-dicom", "other": "variant"}
    assert examine(desk.archive, deep=True) == []


@pytest.mark.usefixtures("poisonous")
def test_what_no_index_holds_has_its_line_and_stops_nobody(desk: Desk, disk: Path) -> None:
    poison = dataset("1.2.9.1", study="1.2.9", series="1.2.9.2", description=POISON)
    for name, data in (("a", dataset("1")), ("b", poison), ("c", dataset("2"))):
        (disk / name).write_bytes(part10(data))
    report, said = taken(desk, disk)
    assert (report.new, report.refused) == (2, 1)
    assert said == [f"{disk}/b: unindexable: no index holds its values\n"]


def test_files_without_preamble_or_meta_are_read(desk: Desk, disk: Path) -> None:
    (disk / "bare").write_bytes(dataset("1"))
    (disk / "preamble").write_bytes(bytes(128) + dataset("2"))
    report, said = taken(desk, disk)
    assert (report.new, list(said)) == (2, [])
    assert {notes for (notes,) in desk.rows("instance", "notes")} == {
        "no-preamble\\no-file-meta\\transfer-syntax-assumed"
    }


def test_a_dicomdir_is_refused_and_opens_nothing_by_its_names(desk: Desk, disk: Path) -> None:
    outside = disk / "outside"
    outside.write_bytes(part10(dataset("9")))
    medium = disk / "medium"
    medium.mkdir()
    names = b"..\\outside "
    record = b"\x04\x00\x00\x15CS" + struct.pack("<H", len(names)) + names
    item = b"\xfe\xff\x00\xe0" + struct.pack("<I", len(record)) + record
    directory = b"\x04\x00\x20\x12SQ\0\0" + struct.pack("<I", len(item)) + item
    (medium / "DICOMDIR").write_bytes(part10(directory))
    (medium / "IM1").write_bytes(part10(dataset("1")))
    report, said = taken(desk, medium)
    assert report.new == 1
    assert said.codes() == {"DICOMDIR": "dicomdir"}


def test_links_and_pipes_below_a_folder_are_not_followed(desk: Desk, disk: Path) -> None:
    secret = disk / "secret.dcm"
    secret.write_bytes(part10(dataset("9")))
    below = disk / "below"
    below.mkdir()
    (below / "link").symlink_to(secret)
    (below / "loop").symlink_to(below, target_is_directory=True)
    os.mkfifo(below / "pipe")
    report, said = taken(desk, below)
    assert report.new == 0
    assert said.codes() == {"link": "not-a-file", "loop": "not-a-file", "pipe": "not-a-file"}


def test_an_archive_is_read_member_by_member_one_level_deep(desk: Desk, disk: Path) -> None:
    innermost = zipped(disk / "i.zip", ("IM3", part10(dataset("3")))).read_bytes()
    inner = zipped(disk / "n.zip", ("IM2", part10(dataset("2"))), ("deep.zip", innermost)).read_bytes()
    outer = zipped(disk / "o.zip", ("folder/", b""), ("folder/IM1", part10(dataset("1"))), ("inner.zip", inner))
    report, said = taken(desk, outer)
    assert report.new == 2
    assert said.codes() == {"o.zip!inner.zip!deep.zip": "too-deep"}


@pytest.mark.parametrize("name", ["../up", "/etc/passwd", "a/../../up", "..\\up", "C:\\up", "C:up"])
def test_a_name_that_leads_out_is_refused_and_nothing_is_written(desk: Desk, disk: Path, name: str) -> None:
    archive = zipped(disk / "slip.zip", (name, part10(dataset("1"))))
    before = sorted(path for path in disk.rglob("*"))
    report, said = taken(desk, archive)
    assert report.new == 0
    assert [line.rsplit(": ", 2)[1] for line in said] == ["unsafe-name"]
    assert sorted(path for path in disk.rglob("*")) == before


def test_links_duplicates_and_encrypted_members_are_refused(desk: Desk, disk: Path) -> None:
    link = zipfile.ZipInfo("link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    path = zipped(
        disk / "odd.zip", (link, b"/etc/passwd"), ("one", part10(dataset("1"))), ("ONE", part10(dataset("2")))
    )
    _encrypt(path, disk / "locked.zip")
    report, said = taken(desk, path, disk / "locked.zip")
    assert report.new == 1
    codes = said.codes()
    assert codes["odd.zip!link"] == "not-a-file"
    assert codes["odd.zip!ONE"] == "duplicate-name"
    assert codes["locked.zip!one"] == "encrypted"


def test_a_member_that_inflates_to_a_multiple_no_image_has_is_cut_off(desk: Desk, disk: Path) -> None:
    huge = part10(dataset("1", pixels=b""))[:-12] + b"\xe0\x7f\x10\x00OW\0\0" + struct.pack("<I", 8 << 20)
    path = zipped(disk / "bomb.zip", ("bomb", huge + bytes(8 << 20)), ("fine", part10(dataset("2"))))
    report, said = taken(desk, path, limits=ImportLimits(ratio=100, grace_bytes=1 << 20))
    assert said.codes() == {"bomb.zip!bomb": "inflates-too-much"}
    assert report.new == 1
    assert examine(desk.archive, deep=True) == []


def test_an_archive_cannot_inflate_beyond_its_allowance(desk: Desk, disk: Path) -> None:
    inner = zipped(disk / "in.zip", ("zeros", bytes(300_000))).read_bytes()
    path = zipped(disk / "out.zip", ("in.zip", inner), ("more", bytes(300_000)))
    _, said = taken(desk, path, limits=ImportLimits(inflated_bytes=400_000))
    assert said.codes()["out.zip!more"] == "archive-too-large"


def test_overlapping_members_and_too_many_are_refused_before_anything_is_inflated(desk: Desk, disk: Path) -> None:
    overlapping = disk / "overlap.zip"
    overlapping.write_bytes(_overlapping(part10(dataset("1"))))
    many = zipped(disk / "many.zip", *((f"{n}", b"") for n in range(20)))
    report, said = taken(desk, overlapping, many, limits=ImportLimits(members=10))
    assert report.new == 0
    assert said.codes() == {"overlap.zip": "overlapping-members", "many.zip": "archive-too-large"}


@pytest.mark.parametrize("cut", [5, 40, 200])
def test_a_torn_archive_has_a_line_and_stops_nobody(desk: Desk, disk: Path, cut: int) -> None:
    whole = zipped(disk / "whole.zip", ("one", part10(dataset("1")))).read_bytes()
    (disk / "whole.zip").unlink()
    (disk / "torn.zip").write_bytes(whole[:-cut])
    (disk / "z").write_bytes(part10(dataset("2")))
    report, said = taken(desk, disk)
    assert report.new == 1
    assert set(said.codes().values()) == {"broken-archive"}


def test_a_member_damaged_inside_is_refused_and_leaves_nothing_behind(desk: Desk, disk: Path) -> None:
    path = zipped(disk / "a.zip", ("one", part10(dataset("1"))), method=zipfile.ZIP_STORED)
    data = bytearray(path.read_bytes())
    data[400] ^= 0xFF
    path.write_bytes(data)
    report, said = taken(desk, path)
    assert (report.new, list(said.codes().values())) == (0, ["broken-archive"])
    assert desk.rows("instance", "id") == []
    assert examine(desk.archive, deep=True) == []


def test_a_dicom_file_whose_preamble_is_an_archive_is_a_dicom_file(desk: Desk, disk: Path) -> None:
    preamble = b"PK\x03\x04" + bytes(124)
    (disk / "polyglot").write_bytes(part10(dataset("1"), preamble=preamble))
    report, said = taken(desk, disk)
    assert (report.new, list(said)) == (1, [])


def test_names_cannot_forge_lines(desk: Desk, disk: Path) -> None:
    (disk / "x\nforged: dicomdir: all fine\x1b[2K").write_bytes(b"text")
    _, said = taken(desk, disk)
    assert len(said) == 1
    assert said[0].count("\n") == 1
    assert "\x1b" not in said[0]


def test_an_import_is_in_the_audit_once_a_study_with_its_refusals(desk: Desk, disk: Path) -> None:
    for number in (1, 2, 3):
        (disk / f"IM{number}").write_bytes(part10(dataset(str(number))))
    (disk / "text").write_bytes(b"text")
    taken(desk, disk)
    rows = [row for row in desk.rows("audit", "act", "outcome", "detail") if row[0] == "import"]
    assert [(outcome, detail) for _, outcome, detail in rows] == [("refused", '{"refused":1}'), ("success", "{}")]


def test_a_defect_costs_its_own_file_only(desk: Desk, disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def receive(*args: Any, **named: Any) -> Receipt:
        receipt = importing_receive(*args, **named)
        if receipt.header.study.description == "defect in receiving":
            raise ZeroDivisionError
        return receipt

    def described(receipt: Receipt) -> Any:
        return describe(receipt) if receipt.header.study.description != "defect in admitting" else 1 // 0

    importing_receive, describe = importing.receive, study_rows._description
    monkeypatch.setattr(importing, "receive", receive)
    monkeypatch.setattr(study_rows, "_description", described)
    for number, text in enumerate(("", "defect in receiving", "", "defect in admitting", "")):
        (disk / f"IM{number}").write_bytes(part10(dataset(str(number), study=f"1.2.{number}", description=text)))
    report, said = taken(desk, disk)
    assert (report.new, report.refused) == (3, 2)
    assert said.codes() == {"IM1": "defect", "IM3": "defect"}


def test_mislabelled_syntax_of_the_meta_does_not_lose_the_object(desk: Desk, disk: Path) -> None:
    (disk / "lies").write_bytes(part10(dataset("1"), syntax=IMPLICIT_LITTLE))
    report, _ = taken(desk, disk)
    assert report.new == 1


def _encrypt(source: Path, target: Path) -> None:
    """Set the flag of encryption on every member, as a locked archive has it."""
    data = bytearray(source.read_bytes())
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(sign)
        while at >= 0:
            data[at + place] |= ENCRYPTED
            at = data.find(sign, at + 4)
    target.write_bytes(data)


def _overlapping(data: bytes) -> bytes:
    """Two entries of the directory that use the same compressed bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("one", data)
        again = zipfile.ZipInfo("two")
        first = archive.infolist()[0]
        again.header_offset, again.compress_size, again.file_size = 10, first.compress_size, first.file_size
        again.CRC, again.compress_type = first.CRC, first.compress_type
        archive.filelist.append(again)
        archive.NameToInfo["two"] = again
    return stream.getvalue()
