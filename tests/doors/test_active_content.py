"""Scripts in attributes and documents (peers.md 4.9): they leave as data, in a type that no browser runs."""

from __future__ import annotations

from typing import Final

import pytest
from pydicom.uid import UID

from tests.corridor.house import SHARED, House
from tests.corridor.images import new_image, written

pytestmark = pytest.mark.xdist_group(SHARED)
PAYLOADS: Final = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "';alert(1)//",
    "javascript:alert(1)",
    "<svg/onload=alert(1)>",
    "{{7*7}}${7*7}<%= 7*7 %>",
    "</title><script src=//x>",
    "<iframe srcdoc='<script>1</script>'>",
]
DOCUMENT: Final = b"<html><script>alert(document.domain)</script></html>"
TYPES: Final = {
    "application/json",
    "application/dicom+json",
    "application/problem+json",
    "image/jpeg",
    "application/octet-stream",
}


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_script_in_an_attribute_leaves_as_a_string_of_json(house: House, payload: str) -> None:
    image = new_image()
    for keyword in ("PatientID", "StudyDescription", "SeriesDescription", "ReferringPhysicianName", "InstitutionName"):
        setattr(image, keyword, payload)
    image.PatientName = f"{payload}^x"
    image.AccessionNumber = payload[:16]
    paths = [
        f"/api/v1/studies/{image.StudyInstanceUID}",
        "/api/v1/studies?sort=received",
        "/dicom-web/studies?includefield=all&limit=5",
        f"/dicom-web/studies/{image.StudyInstanceUID}/metadata",
        f"/api/v1/studies/{image.StudyInstanceUID}/series/{image.SeriesInstanceUID}/bundle",
    ]
    with house.web as web:
        assert web.store(written(image)).status == 200
        for path in paths:
            answer = web.get(path)
            assert answer.status_code == 200, (path, answer.text[:200])
            assert answer.headers["content-type"].partition(";")[0] in TYPES
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert "script-src 'self'" in answer.headers["content-security-policy"]
            assert "unsafe-inline" not in answer.headers["content-security-policy"]
        assert payload[:10] in str(web.get(paths[0]).json())


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_script_in_a_request_is_not_repeated(house: House, payload: str) -> None:
    with house.web as web:
        for path, parameter in (
            ("/dicom-web/studies", "NoSuchKey" + payload),
            ("/dicom-web/studies", "limit"),
            ("/api/v1/studies", "sort"),
            ("/api/v1/studies", payload),
            ("/api/v1/audit", "since"),
        ):
            answer = web.client.get(path, params={parameter: payload}, headers={"Accept": f"text/html, {payload}, */*"})
            assert answer.headers["content-type"].partition(";")[0] in TYPES, path
            if answer.status_code >= 400:
                assert not set("<>=") & set(answer.text.replace("<=", "").replace(">=", "")), answer.text
        answer = web.client.get(f"/dicom-web/{payload}")
        assert "text/html" not in answer.headers["content-type"]
        assert "<script" not in answer.text


def test_an_encapsulated_document_leaves_as_bytes_that_no_browser_runs(house: House) -> None:
    image = new_image()
    del image.PixelData
    image.SOPClassUID = image.file_meta.MediaStorageSOPClassUID = UID("1.2.840.10008.5.1.4.1.1.104.1")
    image.EncapsulatedDocument = DOCUMENT + b" " * (len(DOCUMENT) % 2)
    image.MIMETypeOfEncapsulatedDocument = "text/html"
    uids = (image.StudyInstanceUID, image.SeriesInstanceUID, image.SOPInstanceUID)
    with house.web as web:
        assert web.store(written(image)).status == 200
        path = "/dicom-web/studies/{}/series/{}/instances/{}".format(*uids)
        for form in ("/bulkdata/00420011", "/rendered", "/metadata", ""):
            for accept in ("text/html", "*/*", "application/pdf"):
                answer = web.get(path + form, Accept=accept)
                kind = answer.headers["content-type"]
                assert "html" not in kind, (form, accept, kind)
                assert not kind.startswith(("application/pdf", "image/svg")), (form, accept, kind)
                assert answer.headers["x-content-type-options"] == "nosniff"
                assert answer.headers["content-security-policy"].startswith("default-src 'none'")
