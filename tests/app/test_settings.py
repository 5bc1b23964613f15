"""Settings: who beats whom, and what a wrong one says."""

from __future__ import annotations

from pathlib import Path

import pytest

from kontor.app.house import as_environment
from kontor.app.settings import Settings, SettingsError, load_settings, parse_address, parse_processes


def test_flags_beat_environment_beats_file_beats_defaults(tmp_path: Path) -> None:
    (tmp_path / "kontor.toml").write_text('http = "127.0.0.1:1"\ndimse = "127.0.0.1:2"\nae_title = "FILE"\n')
    environment = {"KONTOR_DATA": str(tmp_path), "KONTOR_DIMSE": "127.0.0.1:3", "KONTOR_HTTP": "127.0.0.1:4"}
    settings = load_settings({"http": "127.0.0.1:5"}, environment)
    assert (settings.http, settings.dimse, settings.ae_title) == ("127.0.0.1:5", "127.0.0.1:3", "FILE")
    assert settings.settle_after_s == Settings().settle_after_s


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({"KONTOR_HTPP": "x"}, "unknown setting 'htpp'; did you mean 'http'?"),
        ({"KONTOR_SETTLE_AFTER_S": "soon"}, "'settle_after_s' is a whole number, not 'soon'"),
        ({"KONTOR_LOG_CLEAR_UIDS": "maybe"}, "'log_clear_uids' is true or false"),
        ({"KONTOR_HTTP": "nowhere"}, "'nowhere' is not HOST:PORT"),
        ({"KONTOR_PROCESSES": "web=two"}, "'web=two' is not one of"),
        ({"KONTOR_AE_TITLE": "SEVENTEEN LETTERS"}, "1 to 16 characters"),
        ({"KONTOR_CONFIG": "nowhere.toml"}, "no such file"),
    ],
)
def test_a_wrong_setting_is_named_with_what_is_right(environment: dict[str, str], says: str) -> None:
    with pytest.raises(SettingsError, match=says.replace("?", r"\?")):
        load_settings({}, environment)


def test_a_file_that_is_not_toml_is_named(tmp_path: Path) -> None:
    (tmp_path / "kontor.toml").write_text("http =")
    with pytest.raises(SettingsError, match=r"kontor\.toml"):
        load_settings({"data": tmp_path}, {})


def test_children_read_the_same_settings_from_the_environment(tmp_path: Path) -> None:
    settings = load_settings({"data": tmp_path, "http": "127.0.0.1:99", "secure_cookies": True}, {})
    assert load_settings({}, as_environment(settings)) == settings


@pytest.mark.parametrize(
    ("text", "read"), [("127.0.0.1:80", ("127.0.0.1", 80)), (":80", ("127.0.0.1", 80)), ("[::1]:8", ("::1", 8))]
)
def test_addresses_are_read(text: str, read: tuple[str, int]) -> None:
    assert parse_address(text) == read


def test_a_role_that_is_not_named_gets_no_process() -> None:
    assert parse_processes("dimse=3, worker=1") == {"web": 0, "dimse": 3, "worker": 1}
