"""The page that explains the corridor names each file that an image enters, once."""

from __future__ import annotations

import re
import socket
import threading
from pathlib import Path
from types import FrameType

from demo.phantom import phantom_image

import kontor
from kontor.access import create_peer
from kontor.app.house import build_house, prepare_installation
from kontor.app.settings import load_settings
from kontor.doors.dimse import DimseServer, DimseSettings

SOURCE = Path(kontor.__file__).parent
PAGE = SOURCE.parents[1] / "docs" / "architecture.md"
# Everybody's ground: names, numbers and lines of a log, which no instance "enters".
GROUND = {"platform/log.py", "platform/metrics.py"}


class Noted:
    """The files whose functions run, noted by a profile function of new threads."""

    def __init__(self) -> None:
        self.files: set[str] = set()

    def __call__(self, frame: FrameType, event: str, _argument: object) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(str(SOURCE)):
            self.files.add(str(Path(frame.f_code.co_filename).relative_to(SOURCE)))


def files_that_one_c_store_runs(folder: Path) -> set[str]:
    from pynetdicom import AE

    house = build_house(load_settings({"data": folder}, {}))
    prepare_installation(house)
    create_peer(house.access, house.operator_scope(), "TRACER", "127.0.0.1", None, ["store"])
    listening = socket.create_server(("127.0.0.1", 0))
    stop, noted = threading.Event(), Noted()
    server = threading.Thread(
        target=DimseServer(listening, house.archive, house.access, DimseSettings()).run, args=(stop,)
    )
    threading.setprofile(noted)
    server.start()
    threading.setprofile(None)
    try:
        image = phantom_image(3)
        entity = AE(ae_title="TRACER")
        entity.add_requested_context(image.SOPClassUID, image.file_meta.TransferSyntaxUID)
        association = entity.associate("127.0.0.1", listening.getsockname()[1], ae_title="KONTOR")
        assert association.send_c_store(image).Status == 0
        association.release()
    finally:
        stop.set()
        server.join(30)
        listening.close()
        house.close()
    return noted.files


def test_the_page_names_each_file_that_an_image_enters_once(tmp_path: Path) -> None:
    text = PAGE.read_text(encoding="utf-8")
    story = text.partition("## Follow one CT image through")[2].partition("**The followers.**")[0]
    named = re.findall(r"`((?:app|doors|reading|archive|access|platform|dicom)/[a-z0-9_/]+\.py)`", story)
    assert sorted({name for name in named if named.count(name) > 1}) == []
    ran = {name for name in files_that_one_c_store_runs(tmp_path) if not name.endswith("__init__.py")} - GROUND
    assert sorted(ran - set(named)) == [], "run, but not on the page"
    assert sorted(name for name in named if not (SOURCE / name).is_file()) == [], "on the page, but not there"


def test_every_path_on_the_page_exists() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for name in re.findall(r"`((?:app|doors|reading|archive|access|platform|dicom)/[a-z0-9_/]+\.py)`", text):
        assert (SOURCE / name).is_file(), name
    for name in re.findall(r"`(web/[a-z/]+)`", text):
        assert (SOURCE.parents[1] / name).exists(), name
