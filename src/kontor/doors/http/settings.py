"""Settings of the web door."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import kontor

_PACKAGED: Final = Path(kontor.__file__).parent / "client"
_BUILT: Final = Path(kontor.__file__).parents[2] / "web" / "dist"


@dataclass(frozen=True, slots=True)
class HttpSettings:
    """What an operator decides about the web door. Durations in seconds, sizes in bytes."""

    max_upload_bytes: int = 8 << 30  # of one streamed body
    secure_cookies: bool = False  # True behind TLS that ends elsewhere; https requests get secure cookies anyway
    trusted_proxies: tuple[str, ...] = ()  # addresses or networks whose X-Forwarded-For is believed
    idle_s: float = 30.0  # silence of a sender after which its request is given up
    dimse: tuple[str, int] = ("", 0)  # host and port of the DICOM door, to be shown to people
    client: Path | None = None  # folder of the built browser client; None looks for it
    threads: int = 64  # handlers at once
    uploads: int = 32  # streamed bodies at once, in threads of their own
    decoding: int = 8  # answers at once that wait for a decoder, in threads of their own
    decoding_queue: int = 24  # such answers that wait for a thread; more are told to come back


def client_folder(settings: HttpSettings) -> Path | None:
    """Where the built browser client lies: as set, packaged, or just built beside the sources."""
    candidates = (settings.client,) if settings.client is not None else (_PACKAGED, _BUILT)
    return next((folder for folder in candidates if folder is not None and (folder / "index.html").is_file()), None)
