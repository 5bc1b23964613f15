"""A Study and Series Instance UID that two patients bear: nobody is given the one's images among the other's."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from kontor.access import Act
from kontor.access.tables import audit
from kontor.archive import (
    AsStored,
    BulkData,
    Form,
    Frames,
    Level,
    Metadata,
    NotThere,
    Query,
    Rendered,
    Selection,
    StudyRow,
    Uncompressed,
    find,
    locate,
    promote,
    retrieve,
    series_bundle,
    series_thumbnail,
    settle,
    variants,
)
from kontor.platform.database import Database
from kontor.platform.sandbox import Sandbox
from tests.archive.objects import ROOT, SERIES, STUDY, Desk, archive_on, dataset, uid
from tests.archive.working import work

FILES = AsStored()
FORMS = (FILES, Uncompressed(), Metadata(), Frames(), BulkData("7FE00010"), Rendered("png"))
HANS = {"patient_id": "P-2", "name": "Schulz^Hans", "birth_date": "19300101", "sex": "M"}
DARK, BRIGHT = b"\0\0" * 16, b"\xff\0" * 8 + b"\0\0" * 8


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    sandbox = Sandbox(1)
    yield sandbox
    sandbox.close()


@pytest.fixture
def desk(engine: Database, sandbox: Sandbox, tmp_path: Path) -> Desk:
    """Erika's two images and Hans's one between them, all under one study and one series."""
    desk = archive_on(engine, sandbox=sandbox)
    desk.archive.settings = replace(desk.archive.settings, folder=tmp_path / "derived")
    desk.bring(dataset("1", pixels=DARK), dataset("2", pixels=BRIGHT, **HANS), dataset("3", pixels=DARK))
    return desk


def row_of(desk: Desk, name: str) -> StudyRow:
    rows: list[StudyRow] = find(desk.archive, desk.scope, Query(Level.STUDY)).rows
    return next(row for row in rows if row.patient_name == name)


def sops(desk: Desk, wanted: Selection, form: Form = FILES) -> list[str]:
    found = locate(desk.archive, desk.scope, wanted, form)
    return [one.sop_instance_uid.rpartition(".")[2] for one in found]


def bundle(desk: Desk, row: int | None = None) -> list[str]:
    found = series_bundle(desk.archive, desk.scope, uid(STUDY), uid(SERIES), row)
    document: dict[str, Any] = json.loads(gzip.decompress(b"".join(found.chunks)))
    return [one["dataset"]["00100010"]["Value"][0]["Alphabetic"] for one in document["instances"]]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: type(form).__name__)
def test_a_study_and_a_series_are_those_of_the_patient_kept_first(desk: Desk, form: Form) -> None:
    hans = row_of(desk, "Schulz^Hans").id
    for series in (None, uid(SERIES)):
        assert sops(desk, Selection(uid(STUDY), series), form) == ["1", "3"]
        assert sops(desk, Selection(uid(STUDY), series, study_row=hans), form) == ["2"]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: type(form).__name__)
def test_a_single_image_of_the_second_patient_stays_readable_by_its_path(desk: Desk, form: Form) -> None:
    wanted = Selection(uid(STUDY), uid(SERIES), uid(f"{SERIES}.2"))
    (part,) = retrieve(desk.archive, desk.scope, wanted, form)
    assert b"".join(map(bytes, part.chunks))
    assert part.of.sop_instance_uid == f"{SERIES}.2"


def test_a_row_of_another_study_names_nothing(desk: Desk) -> None:
    desk.bring(dataset(f"{ROOT}.5.1", study=f"{ROOT}.5", name="Ganz^Anders", patient_id="P-5"))
    with pytest.raises(NotThere):
        locate(desk.archive, desk.scope, Selection(uid(STUDY), study_row=row_of(desk, "Ganz^Anders").id), AsStored())


def test_a_bundle_holds_one_patient_before_and_after_it_is_built(desk: Desk) -> None:
    hans = row_of(desk, "Schulz^Hans").id
    for _ in range(2):
        assert bundle(desk) == ["Muster^Erika", "Muster^Erika"]
        assert bundle(desk, hans) == ["Schulz^Hans"]
        for row in (None, hans):
            settle(desk.archive, desk.scope, uid(STUDY), row)
        work(desk.archive)
    root = desk.archive.settings.folder
    assert root is not None
    kept = {str(path.relative_to(root)) for path in (root / "bundles").rglob("*.gz")}
    assert {path for (path,) in desk.rows("bundle", "path")} == kept
    assert len(kept) == 2


@pytest.mark.parametrize("name", ["Muster^Erika", "Schulz^Hans"])
def test_declaring_one_patient_s_study_complete_leaves_the_other_s_arriving(desk: Desk, name: str) -> None:
    row = row_of(desk, name)
    settle(desk.archive, desk.scope, uid(STUDY), row.id if row.discriminator else None)
    for table in ("study", "series"):
        assert sum(at is not None for _, at in desk.rows(table, "id", "settled_at")) == 1
    assert row_of(desk, name).settled_at is not None


def test_a_row_of_another_study_settles_nothing(desk: Desk) -> None:
    desk.bring(dataset(f"{ROOT}.5.1", study=f"{ROOT}.5", name="Ganz^Anders", patient_id="P-5"))
    with pytest.raises(NotThere):
        settle(desk.archive, desk.scope, uid(STUDY), row_of(desk, "Ganz^Anders").id)
    assert {at for (at,) in desk.rows("study", "settled_at")} == {None}


def test_a_small_picture_shows_one_patient(desk: Desk) -> None:
    erika = series_thumbnail(desk.archive, desk.scope, uid(STUDY), uid(SERIES))
    hans = series_thumbnail(desk.archive, desk.scope, uid(STUDY), uid(SERIES), row_of(desk, "Schulz^Hans").id)
    alone = archive_on(desk.archive.database, sandbox=desk.archive.sandbox)
    alone.bring(dataset("9.1", study="9", series="9.1", pixels=DARK))
    assert erika[0] == series_thumbnail(alone.archive, alone.scope, uid("9"), uid("9.1"))[0]
    assert hans[0] != erika[0]
    assert hans[1] != erika[1]


def test_reading_the_second_patient_is_an_act_of_its_own_in_the_audit(desk: Desk) -> None:
    row = row_of(desk, "Schulz^Hans").id
    bundle(desk)
    bundle(desk, row)
    sops(desk, Selection(uid(STUDY), uid(SERIES), uid(f"{SERIES}.2")), Frames())
    statement = select(audit.c.subject).where(audit.c.act == Act.READ.value).order_by(audit.c.seq)
    subjects = [subject for (subject,) in desk.archive.database.read(lambda tx: tx.all(statement))]
    assert subjects == [f"{STUDY}/{SERIES}", f"{STUDY}/{SERIES}?study_key={row}"]


def test_other_bytes_that_name_a_kept_study_are_not_given_out_among_its_images(desk: Desk) -> None:
    stray = dataset(f"{ROOT}.7.1", name="Fremd^Eva", patient_id="P-7")
    desk.bring(dataset(f"{ROOT}.7.1", study=f"{ROOT}.7", series=f"{ROOT}.7.1", patient_id="P-7", name="Fremd^Eva"))
    desk.bring(stray)
    assert sops(desk, Selection(uid(STUDY), uid(SERIES))) == ["1", "3"]
    assert sops(desk, Selection(uid(STUDY), uid(SERIES), uid(f"{ROOT}.7.1"))) == ["1"]


def test_when_the_first_patient_leaves_the_study_the_next_is_the_first(desk: Desk) -> None:
    for sop in ("1", "3"):
        desk.bring(dataset(sop, study=f"{ROOT}.8", series=f"{ROOT}.8.1"))
        (moved,) = variants(desk.archive, desk.scope, uid(f"{SERIES}.{sop}")).variants
        promote(desk.archive, desk.scope, moved.id)
    hans = row_of(desk, "Schulz^Hans")
    assert (hans.discriminator, hans.identity) == ("", "resolved")
    assert sops(desk, Selection(uid(STUDY))) == ["2"]
    assert sops(desk, Selection(uid(f"{ROOT}.8"))) == ["1", "3"]
