"""Bundles and small pictures: built once, never stale, the same on the fly and from the file."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select

from kontor.access import ensure_organisation, system_scope
from kontor.archive import series_bundle, series_thumbnail
from kontor.archive.previews import JOB_KIND, make_previews, preview_followers, preview_job_handlers
from kontor.archive.tables import bundle
from kontor.dicom.values import Uid
from kontor.platform.database import Database
from kontor.platform.jobs import JobContext, JobRunner, live_jobs
from kontor.platform.journal import append, follow
from kontor.platform.sandbox import Sandbox
from tests.archive.objects import SERIES, STUDY, Desk, archive_on, dataset


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    sandbox = Sandbox(1)
    yield sandbox
    sandbox.close()


@pytest.fixture
def desk(engine: Database, sandbox: Sandbox, tmp_path: Path) -> Desk:
    desk = archive_on(engine, sandbox=sandbox)
    desk.archive.settings = replace(desk.archive.settings, folder=tmp_path / "derived")
    return desk


def loaded(desk: Desk) -> dict[str, Any]:
    found = series_bundle(desk.archive, desk.scope, Uid(STUDY), Uid(SERIES))
    document: dict[str, Any] = json.loads(gzip.decompress(b"".join(found.chunks)))
    return document


def build(desk: Desk) -> None:
    payload = {"study_uid": STUDY, "series_uid": SERIES}
    make_previews(desk.archive, JobContext(desk.scope.org_id, "key", payload, desk.archive.database, lambda: None))


def files(desk: Desk) -> list[str]:
    root = desk.archive.settings.folder
    assert root is not None
    return sorted(path.name for path in root.rglob("*") if path.is_file())


def test_a_bundle_holds_header_and_frame_lengths_of_every_instance(desk: Desk) -> None:
    desk.bring(*(dataset(str(number)) for number in (1, 2, 3)))
    document = loaded(desk)
    assert document["study_instance_uid"] == STUDY
    assert [one["sop_instance_uid"] for one in document["instances"]] == [f"{SERIES}.{n}" for n in (1, 2, 3)]
    first = document["instances"][0]
    assert first["frames"] == {"count": 1, "lossy": False, "bytes": [32]}
    assert first["dataset"]["00280010"] == {"vr": "US", "Value": [4]}
    assert set(first["dataset"]["7FE00010"]) == {"vr", "BulkDataURI"}, "what kind of pixels, and where they are"
    assert len(first["digest"]) == 64


def test_the_file_holds_what_is_made_on_the_fly(desk: Desk) -> None:
    desk.bring(dataset("1"), dataset("2"))
    before = loaded(desk)
    build(desk)
    assert len(files(desk)) == 2
    assert loaded(desk) == before


def test_building_twice_is_building_once_and_an_older_file_goes(desk: Desk) -> None:
    desk.bring(dataset("1"))
    build(desk)
    once = files(desk)
    build(desk)
    assert files(desk) == once
    desk.bring(dataset("2"))
    assert len(loaded(desk)["instances"]) == 2  # never the stale file
    build(desk)
    rows = desk.archive.database.read(lambda tx: tx.all(select(bundle.c.path, bundle.c.length)))
    assert len(rows) == 1
    kept = [name for name in files(desk) if name.endswith(".gz")]
    assert kept == [Path(rows[0].path).name]


def test_what_is_built_for_one_organisation_is_not_removed_with_what_another_has_of_the_same_series(desk: Desk) -> None:
    desk.archive.database.write(lambda tx: ensure_organisation(tx, "other"))
    there = replace(desk, scope=system_scope(desk.archive.access, "other", "test"))
    for own in (desk, there):
        own.bring(dataset("1"))
        build(own)
    desk.bring(dataset("2"))
    build(desk)
    rows = desk.archive.database.read(lambda tx: tx.all(select(bundle.c.org_id, bundle.c.path)))
    root = desk.archive.settings.folder
    assert root is not None
    assert [(root / row.path).is_file() for row in rows] == [True, True]
    assert len([name for name in files(desk) if name.endswith(".jpg")]) == 3


def test_a_file_that_is_removed_before_it_is_sent_is_made_while_it_is_sent(desk: Desk) -> None:
    desk.bring(dataset("1"))
    build(desk)
    whole = loaded(desk)
    root = desk.archive.settings.folder
    assert root is not None
    found = series_bundle(desk.archive, desk.scope, Uid(STUDY), Uid(SERIES))
    for path in root.rglob("*.gz"):
        path.unlink()
    assert json.loads(gzip.decompress(b"".join(found.chunks))) == whole


def test_a_small_picture_that_is_removed_before_it_is_read_is_made_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.bring(dataset("1"))
    build(desk)
    picture = series_thumbnail(desk.archive, desk.scope, Uid(STUDY), Uid(SERIES))
    reads = Path.read_bytes

    def too_late(path: Path) -> bytes:
        path.unlink()
        return reads(path)

    monkeypatch.setattr(Path, "read_bytes", too_late)
    assert series_thumbnail(desk.archive, desk.scope, Uid(STUDY), Uid(SERIES)) == picture


def test_the_tag_changes_with_the_series_and_only_then(desk: Desk) -> None:
    def tag() -> str:
        return series_bundle(desk.archive, desk.scope, Uid(STUDY), Uid(SERIES)).etag

    desk.bring(dataset("1"))
    before = tag()
    build(desk)
    assert tag() == before
    desk.bring(dataset("2"))
    assert tag() != before


def test_a_settled_study_gets_its_bundles_and_pictures_by_follower_and_job(desk: Desk) -> None:
    desk.bring(dataset("1"))
    archive = desk.archive
    archive.database.write(
        lambda tx: append(
            tx,
            desk.scope.org_id,
            "study_settled",
            STUDY,
            {"study_uid": STUDY, "series": [SERIES]},
            archive.clock.now_us(),
        )
    )
    ((name, kinds, handler),) = preview_followers(archive)
    follower = follow(archive.database, name, kinds, handler)
    while follower.run_once():
        pass
    assert [job.kind for job in archive.database.read(lambda tx: live_jobs(tx))].count(JOB_KIND) == 1
    runner = JobRunner(archive.database, archive.clock, preview_job_handlers(archive))
    assert runner.run_once()
    assert not runner.run_once()
    assert [Path(name).suffix for name in files(desk)] == [".gz", ".jpg"] or len(files(desk)) == 2


def test_the_small_picture_is_that_of_the_middle_and_kept(desk: Desk) -> None:
    pixels = [bytes([value, 0] * 16) for value in (0, 255, 0)]
    desk.bring(*(dataset(str(n + 1), pixels=pixels[n]) for n in range(3)))
    picture, tag = series_thumbnail(desk.archive, desk.scope, Uid(STUDY), Uid(SERIES))
    assert Image.open(io.BytesIO(picture)).format == "JPEG"
    assert series_thumbnail(desk.archive, desk.scope, Uid(STUDY), Uid(SERIES)) == (picture, tag)
    assert [name for name in files(desk) if name.endswith(".jpg")]


def test_without_a_folder_everything_is_made_when_asked_for(engine: Database, sandbox: Sandbox) -> None:
    desk = archive_on(engine, sandbox=sandbox)
    desk.bring(dataset("1"))
    assert len(loaded(desk)["instances"]) == 1
    assert series_thumbnail(desk.archive, desk.scope, Uid(STUDY), Uid(SERIES))[0]
    build(desk)
