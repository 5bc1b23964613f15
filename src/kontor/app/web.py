"""What a web worker serves. Granian calls this once in each of its workers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kontor.app.house import build_house, prepare_installation
from kontor.app.processes import die_with_parent, freeze_what_stays
from kontor.app.settings import load_settings

if TYPE_CHECKING:
    from starlette.types import ASGIApp


def make_application() -> ASGIApp:
    """Build the ASGI application from the settings that the parent put into the environment."""
    from kontor.doors import api, dicomweb  # heavy, and only here
    from kontor.doors.http import HttpSettings, create_app

    die_with_parent()
    settings = load_settings()
    house = build_house(settings)
    prepare_installation(house)
    application = create_app(
        house.access,
        house.archive,
        HttpSettings(max_upload_bytes=settings.max_upload_bytes, secure_cookies=settings.secure_cookies),
        [*api.routes(), *dicomweb.routes()],
    )
    freeze_what_stays()
    return application
