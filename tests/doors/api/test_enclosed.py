"""Documents and videos within objects: as they are, of the type that their bytes tell, by ranges, never as a page."""

from __future__ import annotations

from typing import Final

import pytest
from pydicom.dataset import Dataset
from pydicom.filebase import DicomBytesIO
from pydicom.filewriter import write_dataset

from kontor.access import AuditQuery, list_audit
from kontor.archive import admit, receive
from kontor.dicom.reading import enclosed_media_type
from kontor.dicom.values import EXPLICIT_LITTLE, Uid
from tests.access.rooms import operator
from tests.archive.objects import MODALITY, SERIES, STUDY, slices
from tests.doors.api.conftest import Api

PDF_CLASS: Final = "1.2.840.10008.5.1.4.1.1.104.1"
VIDEO_CLASS: Final = "1.2.840.10008.5.1.4.1.1.77.1.1.1"
MPEG4: Final = Uid("1.2.840.10008.1.2.4.102")
ADDRESS: Final = f"/studies/{STUDY}/series/{SERIES}/instances/{SERIES}.1/enclosed"
MP4: Final = b"\x00\x00\x00\x18ftypisom" + bytes(range(200))


def bring(api: Api, sop_class: str, syntax: Uid = EXPLICIT_LITTLE, **values: object) -> None:
    made = Dataset()
    made.SOPClassUID, made.SOPInstanceUID = sop_class, f"{SERIES}.1"
    made.StudyInstanceUID, made.SeriesInstanceUID = STUDY, SERIES
    made.PatientID, made.PatientName, made.Modality = "P-1", "Muster^Erika", "DOC"
    for keyword, value in values.items():
        setattr(made, keyword, value)
    if "PixelData" in values:
        made["PixelData"].is_undefined_length = True
        made["PixelData"].VR = "OB"
    written = DicomBytesIO()
    written.is_little_endian, written.is_implicit_VR = True, False
    write_dataset(written, made)
    desk = api.desk
    admit(
        desk.archive, [receive(desk.archive, desk.scope, MODALITY, slices(written.getvalue()), transfer_syntax=syntax)]
    )


def bring_document(api: Api, document: bytes, mime: str = "application/pdf") -> None:
    even = document + b"\0" * (len(document) % 2)
    bring(
        api, PDF_CLASS, EncapsulatedDocument=even, EncapsulatedDocumentLength=len(document),
        MIMETypeOfEncapsulatedDocument=mime,
    )  # fmt: skip


def test_a_document_is_given_as_it_is_without_the_byte_that_made_it_even(api: Api) -> None:
    document = b"%PDF-1.7\n" + b"x" * 1000
    bring_document(api, document)
    reply = api.ask("reader", "GET", ADDRESS)
    assert (reply.status, reply.body) == (200, document)
    assert reply.fields["content-type"] == "application/pdf"
    assert reply.fields["content-length"] == str(len(document))


@pytest.mark.parametrize(
    "document", [b"<html><script>alert(1)</script></html>", b"<svg onload=alert(1)/>", b" %PDF-1.7"]
)
def test_what_is_no_pdf_is_octets_whatever_the_object_says_of_it(api: Api, document: bytes) -> None:
    for mime in ("text/html", "image/svg+xml", "application/pdf"):
        bring_document(api, document, mime)
    reply = api.ask("reader", "GET", ADDRESS)
    assert (reply.status, reply.body) == (200, document)
    assert reply.fields["content-type"] == "application/octet-stream"


def test_nothing_of_a_document_runs_where_somebody_opens_its_address(api: Api) -> None:
    bring_document(api, b"%PDF-1.7")
    fields = api.ask("reader", "GET", ADDRESS).fields
    assert fields["content-disposition"].startswith("attachment")
    assert fields["x-content-type-options"] == "nosniff"
    assert "sandbox" in fields["content-security-policy"]
    assert "allow-scripts" not in fields["content-security-policy"]
    assert "default-src 'none'" in fields["content-security-policy"]


def test_a_video_is_one_stream_of_all_its_fragments_and_its_ranges_fall_across_them(api: Api) -> None:
    fragments = [MP4[:100], MP4[100:102], MP4[102:]]
    items = b"".join(b"\xfe\xff\x00\xe0" + len(one).to_bytes(4, "little") + one for one in fragments)
    empty_table = b"\xfe\xff\x00\xe0\x00\x00\x00\x00"
    bring(
        api, VIDEO_CLASS, MPEG4, PixelData=empty_table + items, Rows=4, Columns=4, BitsAllocated=8, BitsStored=8,
        HighBit=7, PixelRepresentation=0, SamplesPerPixel=3, PhotometricInterpretation="YBR_PARTIAL_420",
        NumberOfFrames="50", PlanarConfiguration=0,
    )  # fmt: skip
    whole = api.ask("reader", "GET", ADDRESS)
    assert (whole.status, whole.body, whole.fields["content-type"]) == (200, MP4, "video/mp4")
    assert whole.fields["accept-ranges"] == "bytes"
    for start, stop in ((0, 1), (98, 104), (101, 102), (150, len(MP4))):
        part = api.ask("reader", "GET", ADDRESS, fields=[("range", f"bytes={start}-{stop - 1}")])
        assert (part.status, part.body) == (206, MP4[start:stop])
        assert part.fields["content-range"] == f"bytes {start}-{stop - 1}/{len(MP4)}"
        assert part.fields["content-type"] == "video/mp4"
    outside = api.ask("reader", "GET", ADDRESS, fields=[("range", f"bytes={len(MP4)}-")])
    assert (outside.status, outside.fields["content-range"]) == (416, f"bytes */{len(MP4)}")


def test_a_range_of_another_state_of_the_object_is_not_continued(api: Api) -> None:
    bring_document(api, b"%PDF-1.7 and more")
    etag = api.ask("reader", "GET", ADDRESS).fields["etag"]
    fields = [("range", "bytes=0-3")]
    assert api.ask("reader", "GET", ADDRESS, fields=[*fields, ("if-range", etag)]).status == 206
    assert api.ask("reader", "GET", ADDRESS, fields=[*fields, ("if-range", '"other"')]).status == 200
    assert api.ask("reader", "GET", ADDRESS, fields=[("if-none-match", etag)]).status == 304
    assert api.ask("reader", "GET", f"{ADDRESS}?digest={'0' * 64}").code == "images-changed"


def test_it_is_given_to_readers_only_and_stands_in_the_audit(api: Api) -> None:
    bring_document(api, b"%PDF-1.7")
    assert api.ask("nobody", "GET", ADDRESS).status == 401
    assert api.ask("auditor", "GET", ADDRESS).status == 403
    assert api.ask("stranger", "GET", ADDRESS).status == 404
    assert api.ask("reader", "GET", ADDRESS).status == 200
    rows = list_audit(api.access, operator(api.access), AuditQuery(act="read"), 99)
    assert [row.entry.actor_name for row in rows if row.entry.outcome == "success"] == ["reader"]


def test_an_object_that_carries_nothing_has_nothing_to_give(api: Api) -> None:
    bring(api, PDF_CLASS)
    assert api.ask("reader", "GET", ADDRESS).code == "not-found"


@pytest.mark.parametrize(
    ("head", "media_type"),
    [
        (b"%PDF-2.0", "application/pdf"),
        (b"\x00\x00\x00\x20ftypmp42", "video/mp4"),
        (b"\x00\x00\x01\xba!", "video/mpeg"),
        (b"\x00\x00\x01\xb3", "video/mpeg"),
        ((b"\x47" + bytes(187)) * 3, "video/mp2t"),
        (b"\x47" + bytes(600), "application/octet-stream"),
        (b"\x00\x00\x00\x01\x67", "application/octet-stream"),
        (b"", "application/octet-stream"),
    ],
)
def test_bytes_tell_what_they_are(head: bytes, media_type: str) -> None:
    assert enclosed_media_type(head) == media_type
