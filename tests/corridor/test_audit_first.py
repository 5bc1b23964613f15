"""No audit, no bytes: while the audit's table cannot be written, nothing about patients leaves by any door."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import create_engine, text

from tests.corridor.house import PASSWORD, SHARED, USER, House
from tests.corridor.images import new_image, written
from tests.corridor.routes import routes_with_uids
from tests.corridor.web import Web

pytestmark = pytest.mark.xdist_group(SHARED)
UNAVAILABLE: Final = (503, "audit-unwritable")


@contextmanager
def _unwritable(house: House) -> Iterator[None]:
    """The audit's table is away: the bluntest way in which a database refuses to write."""
    engine = create_engine(house.database_url)
    try:
        with engine.begin() as connection:
            connection.execute(text("ALTER TABLE audit RENAME TO audit_away"))
        yield
    finally:
        with engine.begin() as connection:
            connection.execute(text("ALTER TABLE audit_away RENAME TO audit"))
        engine.dispose()


def test_while_the_audit_cannot_be_written_nothing_leaves_and_nothing_is_told(house: House) -> None:
    image = new_image()
    uids = (image.StudyInstanceUID, image.SeriesInstanceUID, image.SOPInstanceUID)
    readers = [route for route in routes_with_uids() if route.method == "GET"]
    assert len(readers) > 20
    with house.web as web:
        assert web.store(written(image)).status == 200
        with _unwritable(house):
            for route in readers:
                answer = web.get(route.at(*uids))
                assert (answer.status_code, answer.json()["code"]) == UNAVAILABLE, route.path
                assert answer.json()["instance"].startswith("urn:kontor:incident:")
                assert str(image.PatientID) not in answer.text
            for path in ("/dicom-web/studies", "/dicom-web/instances", "/api/v1/studies?patient_id=X"):
                answer = web.get(path)
                assert (answer.status_code, answer.json()["code"]) == UNAVAILABLE, path
            assert web.get("/api/v1/audit").status_code == 503
        for route in readers:
            assert web.get(route.at(*uids)).status_code in {200, 404, 406, 422}, route.path
        kept = web.instance(*uids)
        assert kept.endswith(image.PixelData) or image.PixelData in kept


def test_while_the_audit_cannot_be_written_no_success_is_said_and_sending_again_helps(
    house: House, tmp_path: Path
) -> None:
    image = new_image()
    path = tmp_path / "image.dcm"
    path.write_bytes(written(image))
    with house.web as web:
        with _unwritable(house):
            (answer,) = house.modality.send([path]).values()
            assert answer.status == 0xA700
            assert "audit" in answer.comment
            assert web.stow(path.read_bytes()).status_code == 503
        (answer,) = house.modality.send([path]).values()
        assert answer.status == 0
        assert web.store(path.read_bytes()).status == 200
        (study,) = web.api(f"/studies?patient_id={image.PatientID}")["items"]
        assert study["instance_count"] == 1


def test_while_the_audit_cannot_be_written_nobody_signs_in(house: House) -> None:
    with Web(house.root) as web, _unwritable(house):
        answer = web.client.post("/api/v1/session", json={"name": USER, "password": PASSWORD})
        assert answer.status_code == 503
        assert "set-cookie" not in answer.headers
