"""WADO-RS: forms, frames, pictures, ranges, validators, refusals."""

from __future__ import annotations

import io
from email import message_from_bytes

import numpy as np
import pydicom
import pytest
from PIL import Image
from sqlalchemy import text

from tests.doors.dicomweb.files import body_of, new_object, path_of, sample, uids
from tests.doors.dicomweb.service import Service

STRANGE_UIDS = ["..%2F..%2Fetc%2Fpasswd", "1.2.3%00", "1..2", "x", "1.2.3%2F..%2F1", "9" * 65, "%2e%2e"]


def parts_of(answer: object) -> list[tuple[str, bytes]]:
    """Content type and content of each part."""
    message = message_from_bytes(
        b"Content-Type: " + answer.headers["content-type"].encode() + b"\r\n\r\n" + answer.content
    )  # type: ignore[attr-defined]
    return [(part["content-type"], part.get_payload(decode=True)) for part in message.get_payload()]  # type: ignore[union-attr, misc]


def test_a_study_comes_as_parts_that_name_their_transfer_syntax(small_service: Service) -> None:
    one, two = sample(), new_object()
    small_service.store(one, two)
    answer = small_service.get(f"/studies/{uids(one)[0]}")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith('multipart/related; type="application/dicom"')
    assert answer.headers["cache-control"] == "private, no-cache"
    found = parts_of(answer)
    assert len(found) == 2
    assert {content_type for content_type, _ in found} == {"application/dicom; transfer-syntax=1.2.840.10008.1.2.1"}
    assert {body_of(content) for _, content in found} == {body_of(one), body_of(two)}


def test_what_is_unchanged_is_not_sent_again(small_service: Service) -> None:
    data = sample()
    small_service.store(data)
    study = uids(data)[0]
    for path in (path_of(data), f"/studies/{study}", f"/studies/{study}/metadata", path_of(data) + "/rendered"):
        first = small_service.get(path)
        etag = first.headers["etag"]
        assert etag.startswith('"')
        again = small_service.get(path, headers={"If-None-Match": etag})
        assert (again.status_code, again.content) == (304, b"")
    before = small_service.get(f"/studies/{study}/metadata").headers["etag"]
    small_service.store(new_object())
    assert small_service.get(f"/studies/{study}/metadata").headers["etag"] != before


@pytest.mark.parametrize("accept", ["text/html", "application/dicom", "multipart/related; type=image/gif"])
def test_a_form_that_cannot_be_given_is_406_and_names_those_that_can(small_service: Service, accept: str) -> None:
    data = sample()
    small_service.store(data)
    answer = small_service.get(f"/studies/{uids(data)[0]}", headers={"Accept": accept})
    assert answer.status_code == 406
    assert "transfer-syntax=*" in answer.json()["detail"]
    assert small_service.get(f"/studies/{uids(data)[0]}?accept=*/*", headers={"Accept": accept}).status_code == 200


def test_frames_come_in_the_order_asked_for_encoded_or_decoded(small_service: Service) -> None:
    data = sample("SC_rgb_rle_2frame.dcm")
    small_service.store(data)
    dataset = pydicom.dcmread(io.BytesIO(data))
    encoded = list(pydicom.encaps.generate_frames(dataset.PixelData, number_of_frames=2))
    stored = {"Accept": "multipart/related; type=application/octet-stream; transfer-syntax=*"}
    assert [
        content for _, content in parts_of(small_service.get(path_of(data) + "/frames/2,1", headers=stored))
    ] == encoded[::-1]
    decoded = {"Accept": 'multipart/related; type="application/octet-stream"'}
    cells = [content for _, content in parts_of(small_service.get(path_of(data) + "/frames/1,2", headers=decoded))]
    for number, content in enumerate(cells):
        assert np.array_equal(np.frombuffer(content, "u1").reshape(100, 100, 3), dataset.pixel_array[number])
    by_name = small_service.get(path_of(data) + "/frames/1", headers={"Accept": "image/dicom-rle"})
    assert (by_name.headers["content-type"], by_name.content) == (
        "image/dicom-rle; transfer-syntax=1.2.840.10008.1.2.5",
        encoded[0],
    )


@pytest.mark.parametrize(("frames", "status"), [("3", 404), ("1,3", 404), ("0", 400), ("x", 400), ("1,", 400)])
def test_frames_that_are_not_there_are_refused_as_a_whole(small_service: Service, frames: str, status: int) -> None:
    data = sample("SC_rgb_rle_2frame.dcm")
    small_service.store(data)
    assert small_service.get(f"{path_of(data)}/frames/{frames}").status_code == status


def test_pictures_obey_window_viewport_and_format(small_service: Service) -> None:
    data = sample()
    small_service.store(data)
    base = path_of(data)

    def picture(path: str, accept: str = "image/png") -> Image.Image:
        answer = small_service.get(path, headers={"Accept": accept})
        assert answer.status_code == 200, answer.text
        return Image.open(io.BytesIO(answer.content))

    assert picture(f"{base}/rendered").size == (128, 128)
    assert picture(f"{base}/rendered?viewport=64,32").size == (32, 32)
    assert picture(f"{base}/rendered", "image/jpeg").format == "JPEG"
    dark = np.asarray(picture(f"{base}/frames/1/rendered?window=100000,10,linear"))
    assert dark.max() == 0
    for path in (
        f"{base}/thumbnail",
        f"{base.rpartition('/instances')[0]}/thumbnail",
        f"/studies/{uids(data)[0]}/thumbnail",
    ):
        assert max(picture(path, "image/jpeg").size) <= 192
    for query in (
        "window=1",
        "window=a,b",
        "window=1,0",
        "viewport=0,1",
        "viewport=1,2,3,4,5,6",
        "quality=0",
        "annotation=patient",
    ):
        assert small_service.get(f"{base}/rendered?{query}").status_code == 400
    report = sample("test-SR.dcm")
    small_service.store(report)
    assert small_service.get(path_of(report) + "/rendered").status_code == 404


def test_bulk_values_have_addresses_in_the_metadata_and_come_in_ranges(small_service: Service) -> None:
    data = sample()
    small_service.store(data)
    header = small_service.get(path_of(data) + "/metadata").json()[0]
    address = header["7FE00010"]["BulkDataURI"]
    pixels = pydicom.dcmread(io.BytesIO(data)).PixelData
    session = small_service.session()
    whole = session.get(address, headers={"Accept": "application/octet-stream"}, timeout=30)
    assert (whole.status_code, whole.content) == (200, pixels)
    assert whole.headers["content-length"] == str(len(pixels))
    part = session.get(address, headers={"Range": "bytes=100-199"}, timeout=30)
    assert (part.status_code, part.content) == (206, pixels[100:200])
    assert part.headers["content-range"] == f"bytes 100-199/{len(pixels)}"
    outside = session.get(address, headers={"Range": "bytes=99999999-"}, timeout=30)
    assert outside.status_code == 416
    assert small_service.get(path_of(data) + "/bulkdata/00420011").status_code == 404
    assert small_service.get(path_of(data) + "/bulkdata/..%2F..%2Fetc%2Fpasswd").status_code == 404


@pytest.mark.parametrize("uid", STRANGE_UIDS)
@pytest.mark.parametrize(
    "form", ["/studies/{0}", "/studies/1.2/series/{0}/metadata", "/studies/1.2/series/1.3/instances/{0}/frames/1"]
)
def test_a_uid_that_is_none_is_not_found_and_opens_nothing(small_service: Service, uid: str, form: str) -> None:
    assert small_service.get(form.format(uid)).status_code in {400, 404}


class TestAccess:
    FORMS = ("", "/metadata", "/frames/1", "/bulkdata/7FE00010", "/rendered", "/thumbnail")

    @pytest.mark.parametrize("form", FORMS)
    def test_nobody_an_administrator_and_another_organisation_get_nothing(
        self, small_service: Service, form: str
    ) -> None:
        data = sample()
        small_service.store(data)
        path = path_of(data) + form
        assert small_service.get(path).status_code == 200
        assert small_service.get(path, who="nobody").status_code == 401
        assert small_service.get(path, who="admin").status_code == 403
        etag = small_service.get(path).headers["etag"]
        foreign = small_service.get(path, who="stranger", headers={"If-None-Match": etag})
        assert foreign.status_code == 404
        assert "etag" not in foreign.headers
        unknown = small_service.get("/studies/1.2/series/1.3/instances/1.4" + form, who="stranger")
        assert {**unknown.json(), "detail": ""} == {**foreign.json(), "detail": ""}

    def test_the_same_uids_in_two_organisations_stay_apart(self, service: Service) -> None:
        mine = sample()
        theirs = new_object(mine, SOPInstanceUID=uids(mine)[2], PatientName="Somebody^Else")
        assert service.store(mine).status_code == service.store(theirs, who="stranger").status_code == 200
        accept = {"Accept": "application/dicom"}
        assert b"Somebody" in service.get(path_of(mine), who="stranger", headers=accept).content
        assert b"Somebody" not in service.get(path_of(mine), headers=accept).content

    def test_reading_is_audited_before_anything_leaves_and_refusals_too(self, small_service: Service) -> None:
        data = sample()
        small_service.store(data)
        small_service.get(path_of(data))
        assert small_service.audit("retrieve")[-1] == ("/".join(uids(data)), "success")
        for _ in range(3):
            small_service.get(f"{path_of(data)}/frames/1")
        assert small_service.audit("read") == [("/".join(uids(data)[:2]), "success")]
        small_service.get("/studies/1.2.3")
        assert small_service.audit("retrieve")[-1] == ("1.2.3", "failure")

    @pytest.mark.parametrize("form", FORMS)
    def test_with_the_audit_unwritable_nothing_leaves(self, small_service: Service, form: str) -> None:
        data = sample()
        small_service.store(data)
        small_service.archive.database.write(
            lambda tx: tx.execute(
                text("CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'disk'); END")
            )
        )
        answer = small_service.get(path_of(data) + form)
        assert answer.status_code == 503
        assert answer.json()["code"] == "audit-unwritable"
        assert small_service.get("/studies").status_code == 503
