"""A fresh installation (peers.md 4.1): it listens on this machine only, knows nobody, and has no default password."""

from __future__ import annotations

import re
from pathlib import Path

import httpx2
import psutil
import pytest

from kontor.app.settings import Settings
from tests.corridor.house import House
from tests.corridor.senders import Sender

pytestmark = pytest.mark.xdist_group("fresh")


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> House:
    """Just started for the first time, and nobody has done anything yet."""
    folder = tmp_path_factory.mktemp("fresh")
    house = House(folder, f"sqlite:///{folder}/data/kontor.db", {"watermark_bytes": "1048576"})
    house.start()
    yield house
    house.stop()


def test_nothing_listens_but_the_two_doors_on_loopback(fresh: House) -> None:
    assert fresh.process is not None
    family = [psutil.Process(fresh.process.pid), *psutil.Process(fresh.process.pid).children(recursive=True)]
    open_ones = [one for process in family for one in process.net_connections() if one.status == "LISTEN"]
    listening = {(one.laddr.ip, one.laddr.port) for one in open_ones}
    assert listening == {("127.0.0.1", fresh.http), ("127.0.0.1", fresh.dimse)}
    assert all(address.startswith("127.0.0.1:") for address in (Settings().http, Settings().dimse))


@pytest.mark.parametrize("title", ["KONTOR", "ANY-SCU", "ECHOSCU", "STORESCU", "DCMTK", "ORTHANC", "PYNETDICOM", ""])
def test_no_calling_title_is_known(fresh: House, title: str) -> None:
    with Sender(title or "ANYBODY", fresh.dimse).associated([("1.2.840.10008.1.1", "1.2.840.10008.1.2")]) as echo:
        assert echo is None


@pytest.mark.parametrize("name", ["admin", "kontor", "root", "orthanc", "user"])
def test_no_guessable_password_opens_it(fresh: House, name: str) -> None:
    answers = [
        httpx2.post(f"{fresh.root}/api/v1/session", json={"name": name, "password": password}, timeout=60).status_code
        for password in ("", "admin", "kontor", "password", name)
    ]
    assert set(answers) <= {400, 401, 429}
    assert 401 in answers


def test_the_first_administrators_password_is_shown_once_and_opens_it(fresh: House) -> None:
    said = re.findall(r"password: (\S+)", fresh.log())
    assert len(said) == 1
    assert len(said[0].replace("-", "")) >= 20
    fresh.stop()
    fresh.start()
    assert re.findall(r"password: (\S+)", fresh.log()) == said, "not shown again"
    kept = [path.read_bytes() for path in Path(fresh.folder, "data").rglob("*") if path.is_file()]
    assert not any(said[0].encode() in data for data in kept)


def test_keys_and_data_are_for_their_owner_alone(fresh: House) -> None:
    data = fresh.folder / "data"
    assert data.stat().st_mode & 0o077 == 0
    assert all(path.stat().st_mode & 0o077 == 0 for path in (data / "keys").iterdir())
