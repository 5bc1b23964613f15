"""What a web worker serves. The parent loads it, so that workers begin with it; Granian calls it once in each."""

from __future__ import annotations

import multiprocessing
from typing import TYPE_CHECKING, Final

from kontor.app.house import build_house, prepare_installation
from kontor.app.processes import die_with_parent, freeze_what_stays
from kontor.app.settings import load_settings, parse_address
from kontor.doors import api, dicomweb
from kontor.doors.http import HttpSettings, create_app

if TYPE_CHECKING:
    from starlette.types import ASGIApp

ENDS: Final = multiprocessing.get_context("fork").Event()
"""Set by the parent when it is told to end, seen by its workers."""


def make_application() -> ASGIApp:
    """Build the ASGI application from the settings that the parent put into the environment."""
    die_with_parent()
    settings = load_settings()
    house = build_house(settings)
    prepare_installation(house)
    application = create_app(
        house.access,
        house.archive,
        HttpSettings(
            max_upload_bytes=settings.max_upload_bytes,
            secure_cookies=settings.secure_cookies,
            dimse=parse_address(settings.dimse),
        ),
        [*api.routes(ENDS.is_set), *dicomweb.routes()],
    )
    freeze_what_stays()
    return application
