"""The operator's commands: what they refuse is a sentence that says what to change."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import typer

from kontor.app.administration import add_peer, add_user, create_token

Command = Callable[[Path], None]


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (lambda data: add_peer("CT1", data=data), "there is already a DICOM system of this name"),
        (lambda data: add_user("ada", ["reader"], data=data), "there is already an account of this name"),
        (lambda data: create_token("nobody", data=data), "there is no such account"),
        (lambda data: add_user("bob", ["king"], data=data), "roles: known roles are"),
        (lambda data: add_peer("CT2", host="not a host", data=data), "host: neither a host name nor an IP address"),
    ],
)
def test_a_refusal_is_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: Command, sentence: str
) -> None:
    add_peer("CT1", data=tmp_path)
    add_user("ada", ["reader"], data=tmp_path)
    capsys.readouterr()
    with pytest.raises(typer.Exit) as ended:
        command(tmp_path)
    assert ended.value.exit_code == 1
    said = capsys.readouterr()
    assert said.err.startswith(f"kontor: {sentence}")
    assert not said.out
