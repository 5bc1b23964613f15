"""What a start and the doctor say of an index and a database that are not in order."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from kontor.app import roles
from kontor.app.house import House, build_house, prepare_installation
from kontor.app.roles import replay_what_was_left
from kontor.app.serving import serve
from kontor.app.settings import Settings, SettingsError, load_settings
from kontor.app.upkeep import doctor
from kontor.archive import rebuild
from kontor.platform.blobs import DiskSegments, ReadOnlyStorage, SegmentInfo
from kontor.platform.database import DatabaseUnavailable
from tests.archive.test_replay import Away
from tests.engines import PostgresqlServer


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings({"data": tmp_path, "watermark_bytes": 1}, {})


@pytest.fixture
def house(settings: Settings) -> Iterator[House]:
    built = build_house(settings)
    prepare_installation(built)
    yield built
    built.close()


def test_an_index_that_is_half_made_is_not_served_until_a_rebuild_is_finished(
    house: House, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    with Away(house.database, lambda: True), pytest.raises(DatabaseUnavailable):
        rebuild(house.archive)
    with pytest.raises(SystemExit) as ended:
        serve(settings)
    assert ended.value.code == 2
    assert "kontor doctor --rebuild" in capsys.readouterr().err
    with pytest.raises(typer.Exit):
        doctor(deep=False, rebuild=False, as_json=False, data=settings.data, database=None)
    assert "half-made" in capsys.readouterr().out
    doctor(deep=False, rebuild=True, as_json=False, data=settings.data, database=None)
    assert "in order" in capsys.readouterr().out


@pytest.mark.parametrize("error", [ReadOnlyStorage("EROFS"), DatabaseUnavailable("gone"), RuntimeError("unforeseen")])
def test_no_trouble_with_replay_ends_a_role(house: House, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def failing(_self: DiskSegments, *_: object) -> Iterator[SegmentInfo]:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(DiskSegments, "claim_abandoned", failing)
        assert not replay_what_was_left(house)
    assert replay_what_was_left(house)


def test_a_worker_looks_into_what_is_closed_until_it_has_done_so_once(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks, outcomes = list[bool](), [DatabaseUnavailable("gone"), None, None]
    stop = threading.Event()

    def looking(_archive: object, *, everything: bool) -> None:
        looks.append(everything)
        if len(looks) == len(outcomes):
            stop.set()
        if (error := outcomes[len(looks) - 1]) is not None:
            raise error

    monkeypatch.setattr("kontor.archive.replay", looking)
    monkeypatch.setattr(roles, "_REPLAY_EVERY_S", 0.0)
    monkeypatch.setattr(roles, "_stop_on_signals", lambda: stop)
    monkeypatch.setattr(roles, "freeze_what_stays", lambda: None)
    roles.run_worker(settings)
    assert looks == [True, True, False]


def test_processes_that_want_more_connections_than_the_server_allows_are_named(
    tmp_path: Path, postgresql_server: PostgresqlServer, capsys: pytest.CaptureFixture[str]
) -> None:
    url = postgresql_server.new_database()
    for connections, lacking in ((16, ""), (60, "360 connections wanted, 297 allowed")):
        (tmp_path / "kontor.toml").write_text(f"database_connections = {connections}\nwatermark_bytes = 1\n")
        built = build_house(load_settings({"data": tmp_path, "database": url}, {}))
        prepare_installation(built)
        assert built.lacks_connections() == lacking
        built.close()
    with pytest.raises(typer.Exit):
        doctor(deep=False, rebuild=False, as_json=False, data=tmp_path, database=url)
    assert lacking in capsys.readouterr().out


def test_the_default_processes_and_a_command_fit_into_what_postgresql_allows_as_it_comes() -> None:
    assert Settings().connections_wanted <= 97


def test_a_process_has_at_least_one_connection() -> None:
    with pytest.raises(SettingsError, match="database_connections"):
        load_settings({"database_connections": 0}, {})
