"""Giving out: the same bytes, the right object among variants, frames of every syntax, nothing without the audit."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pydicom
import pytest
from imagecodecs import jpeg2k_decode, jpeg2k_encode
from PIL import Image
from pydicom.data import get_testdata_file
from pydicom.encaps import encapsulate
from pydicom.uid import JPEG2000
from sqlalchemy import select

from kontor.access import Act, AuditUnwritable, Forbidden, Scope
from kontor.access.tables import audit
from kontor.archive import (
    AsStored,
    BulkData,
    FrameNotThere,
    Frames,
    Metadata,
    NotThere,
    Origin,
    Parts,
    Rendered,
    Selection,
    Uncompressed,
    ValueNotThere,
    admit,
    receive,
    retrieve,
)
from kontor.dicom.values import Uid
from kontor.platform.database import Database
from kontor.platform.sandbox import Sandbox
from tests.archive.objects import SERIES, STUDY, Desk, archive_on, dataset

FORMS = (AsStored(), Uncompressed(), Metadata(), Frames(), BulkData("7FE00010"), Rendered("png"))
FIRST = Uid(f"{SERIES}.1")


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    sandbox = Sandbox(1)
    yield sandbox
    sandbox.close()


@pytest.fixture
def desk(engine: Database, sandbox: Sandbox) -> Desk:
    return archive_on(engine, sandbox=sandbox)


@pytest.fixture
def one_desk(sqlite_database: Database, sandbox: Sandbox) -> Desk:
    return archive_on(sqlite_database, sandbox=sandbox)


def instance(sop: str = FIRST, study: str = STUDY, series: str = SERIES, digest: str = "") -> Selection:
    return Selection(Uid(study), Uid(series), Uid(sop), digest)


def contents(parts: Parts) -> list[bytes]:
    return [b"".join(bytes(chunk) for chunk in part.chunks) for part in parts]


def given(desk: Desk, wanted: Selection, form: object = AsStored()) -> list[bytes]:  # a value, not a list
    return contents(retrieve(desk.archive, desk.scope, wanted, form))  # type: ignore[arg-type]


def test_the_data_set_comes_back_byte_for_byte_behind_a_zero_preamble(desk: Desk) -> None:
    data = dataset()
    desk.bring(data)
    (file,) = given(desk, instance())
    assert file[:132] == bytes(128) + b"DICM"
    assert file.endswith(data)
    assert pydicom.dcmread(io.BytesIO(file)).file_meta.MediaStorageSOPInstanceUID == FIRST


def test_a_selection_gives_all_its_objects_once_in_a_stable_order(desk: Desk) -> None:
    desk.bring(*(dataset(str(number)) for number in range(1, 8)))
    desk.bring(dataset("1.2.9.9", series="1.2.9"))
    whole = given(desk, Selection(Uid(STUDY)))
    assert len(set(whole)) == 8
    assert whole == given(desk, Selection(Uid(STUDY)))
    assert len(given(desk, Selection(Uid(STUDY), Uid(SERIES)))) == 7


def test_of_variants_the_first_is_given_and_each_by_its_digest(desk: Desk) -> None:
    first, second = dataset(), dataset(description="other")
    desk.bring(first, second)
    assert given(desk, instance())[0].endswith(first)
    for data in (first, second):
        digest = hashlib.sha256(data).hexdigest()
        assert given(desk, instance(digest=digest))[0].endswith(data)
    with pytest.raises(NotThere):
        given(desk, instance(digest="0" * 64))


def test_a_variant_of_another_study_is_served_under_its_own_study_too(desk: Desk) -> None:
    first, second = dataset(), dataset(study="1.2.77", series="1.2.77.1")
    desk.bring(first, second)
    assert given(desk, instance())[0].endswith(first)
    assert given(desk, instance(study="1.2.77", series="1.2.77.1"))[0].endswith(second)
    assert len(given(desk, Selection(Uid("1.2.77")))) == 1
    assert len(given(desk, Selection(Uid(STUDY)))) == 1


def test_objects_of_a_clashing_identity_are_given_by_their_uids(desk: Desk) -> None:
    mine = dataset("1")
    other = dataset("2", name="Ganz^Anders", birth_date="19300101", sex="M", study="1.2.78", series="1.2.78.1")
    desk.bring(mine, other)
    assert given(desk, instance(f"{SERIES}.2", "1.2.78", "1.2.78.1"))[0].endswith(other)


def test_the_entity_tag_names_objects_and_form(one_desk: Desk) -> None:
    one_desk.bring(dataset("1"), dataset("2"))
    tags = {
        retrieve(one_desk.archive, one_desk.scope, wanted, form).etag
        for wanted in (instance(), Selection(Uid(STUDY)))
        for form in (AsStored(), Metadata("http://a"), Metadata("http://b"))
    }
    assert len(tags) == 6


def sample_names() -> list[str]:
    return [
        "CT_small.dcm",
        "MR_small_implicit.dcm",
        "MR_small_bigendian.dcm",
        "image_dfl.dcm",
        "JPEG2000.dcm",
        "SC_rgb_rle_2frame.dcm",
        "SC_rgb_jpeg_dcmtk.dcm",
        "SC_rgb_small_odd_jpeg.dcm",
        "examples_overlay.dcm",
        "rtdose.dcm",
        "liver_1frame.dcm",
        "693_J2KI.dcm",
        "MR_small_jp2klossless.dcm",
        "SC_rgb_expb_2frame.dcm",
    ]


@pytest.mark.parametrize("name", sample_names())
def test_uncompressed_files_show_the_same_pixels(one_desk: Desk, name: str) -> None:
    path = get_testdata_file(name, download=False)
    if path is None:
        assert name == "SC_rgb_expb_2frame.dcm", f"pydicom's wheel has no {name}"
        return
    data = Path(str(path)).read_bytes()
    receipt = receive(one_desk.archive, one_desk.scope, Origin("dicomweb"), (data,))
    admit(one_desk.archive, [receipt])
    header = receipt.header
    wanted = Selection(header.study_instance_uid, header.series_instance_uid, header.sop_instance_uid)
    (stored,), (plain,) = given(one_desk, wanted), given(one_desk, wanted, Uncompressed())
    assert stored.endswith(data[-receipt.place.length :])
    before, after = pydicom.dcmread(io.BytesIO(data)), pydicom.dcmread(io.BytesIO(plain))
    assert after.file_meta.TransferSyntaxUID == "1.2.840.10008.1.2.1"
    assert (after.pixel_array == before.pixel_array).all()
    frames = retrieve(one_desk.archive, one_desk.scope, wanted, Frames((1,), decoded=True))
    assert (
        len(contents(frames)[0]) * header.instance.frames == after.pixel_array.nbytes
        or header.instance.bits_allocated == 1
    )
    (picture,) = given(one_desk, wanted, Rendered("png"))
    assert picture.startswith(b"\x89PNG")


def test_a_picture_of_a_lossy_image_has_no_black_specks_where_the_stream_overshoots(one_desk: Desk) -> None:
    path = Path(str(get_testdata_file("MR_small.dcm", download=False)))
    image = pydicom.dcmread(path)
    edges = np.kron(np.indices((8, 8)).sum(0) % 2, np.ones((8, 8))).astype("u2") * 4095
    stream = jpeg2k_encode(edges, codecformat="j2k", level=60, reversible=False)
    assert jpeg2k_decode(stream).max() > 4095
    image.update({"BitsStored": 12, "HighBit": 11, "PixelRepresentation": 0, "WindowCenter": 2048, "WindowWidth": 4096})
    image.Rows, image.Columns = edges.shape
    for keyword in ("PixelPaddingValue", "SmallestImagePixelValue", "LargestImagePixelValue"):
        if keyword in image:
            del image[keyword]
    image.PixelData = encapsulate([stream])
    image["PixelData"].VR = "OB"
    image.file_meta.TransferSyntaxUID = JPEG2000
    data = io.BytesIO()
    image.save_as(data)
    receipt = receive(one_desk.archive, one_desk.scope, Origin("dicomweb"), (data.getvalue(),))
    admit(one_desk.archive, [receipt])
    header = receipt.header
    wanted = Selection(header.study_instance_uid, header.series_instance_uid, header.sop_instance_uid)
    (picture,) = given(one_desk, wanted, Rendered("png"))
    drawn = np.asarray(Image.open(io.BytesIO(picture)).convert("L")).astype(int)
    assert np.abs(drawn - edges / 4095 * 255).max() < 60


@pytest.mark.parametrize("numbers", [(2,), (0,), (1, 2), (-1,)])
def test_a_frame_that_is_not_there_is_an_error_before_anything_leaves(one_desk: Desk, numbers: tuple[int, ...]) -> None:
    one_desk.bring(dataset())
    with pytest.raises(FrameNotThere):
        given(one_desk, instance(), Frames(numbers))


@pytest.mark.parametrize("path", ["", "x", "00100010/", "00420011", "../../etc/passwd", "7FE00010/1/7FE00010"])
def test_a_value_that_is_not_there_is_an_error(one_desk: Desk, path: str) -> None:
    one_desk.bring(dataset())
    with pytest.raises(ValueNotThere):
        given(one_desk, instance(), BulkData(path))


class TestAudit:
    def acts(self, desk: Desk) -> list[tuple[str, str, str]]:
        statement = select(audit.c.act, audit.c.subject, audit.c.outcome).order_by(audit.c.seq)
        return [tuple(row) for row in desk.archive.database.read(lambda tx: tx.all(statement))]

    def test_giving_out_is_recorded_each_time_and_reading_once_a_series(self, desk: Desk) -> None:
        desk.bring(dataset("1"), dataset("2"))
        for _ in range(2):
            given(desk, instance())
            given(desk, instance(), Frames())
            given(desk, instance(f"{SERIES}.2"), Metadata())
        acts = self.acts(desk)
        assert acts.count((Act.RETRIEVE.value, f"{STUDY}/{SERIES}/{FIRST}", "success")) == 2
        assert acts.count((Act.READ.value, f"{STUDY}/{SERIES}", "success")) == 1

    def test_what_is_not_there_is_recorded_too(self, one_desk: Desk) -> None:
        with pytest.raises(NotThere):
            given(one_desk, instance())
        assert self.acts(one_desk)[-1] == (Act.RETRIEVE.value, f"{STUDY}/{SERIES}/{FIRST}", "failure")

    @pytest.mark.parametrize("form", FORMS, ids=lambda form: type(form).__name__)
    def test_without_an_audit_row_not_a_byte_is_read(
        self, one_desk: Desk, form: object, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        one_desk.bring(dataset())

        def refuse(*_: object, **__: object) -> None:
            raise AuditUnwritable("full")

        monkeypatch.setattr("kontor.archive.retrieval.record", refuse)
        monkeypatch.setattr("kontor.archive.retrieval.record_once", refuse)
        monkeypatch.setattr(type(one_desk.archive.segments), "read", refuse)
        monkeypatch.setattr(type(one_desk.archive.segments), "stream", refuse)
        with pytest.raises(AuditUnwritable, match="full"):
            retrieve(one_desk.archive, one_desk.scope, instance(), form)  # type: ignore[arg-type]

    def test_a_scope_without_the_right_gets_nothing(self, one_desk: Desk) -> None:
        one_desk.bring(dataset())
        scope = Scope(one_desk.scope.org_id, "main", one_desk.scope.actor, frozenset())
        with pytest.raises(Forbidden):
            retrieve(one_desk.archive, scope, instance(), AsStored())
