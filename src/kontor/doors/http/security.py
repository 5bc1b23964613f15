"""What stands on every answer, and who may be trusted about where a request came from (`peers.md` 4.9, 4.16)."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from kontor.doors.http.problems import Problem

if TYPE_CHECKING:
    from starlette.datastructures import Headers
    from starlette.requests import Request
    from starlette.types import Message, Scope, Send

CONTENT_SECURITY_POLICY: Final = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; "
    "img-src 'self' data: blob:; media-src 'self'; style-src 'self'; font-src 'self'; manifest-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_ALWAYS: Final = (
    (b"content-security-policy", CONTENT_SECURITY_POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
)
_CACHE: Final = (b"cache-control", b"private, no-store")
_STRICT_TRANSPORT: Final = (b"strict-transport-security", b"max-age=31536000")
_HOST: Final = re.compile(r"([A-Za-z0-9_.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(:[0-9]{1,5})?")
CSRF_HEADER: Final = "x-kontor-csrf"
SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})


def with_security_headers(scope: Scope, send: Send) -> Send:
    """A `send` whose answers carry the fields above. What the answer says itself about caching stays."""
    https = scope.get("scheme") == "https"

    async def send_secured(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = list(message.get("headers", ()))
            present = {name.lower() for name, _ in headers}
            wanted = [*_ALWAYS, _CACHE, *([_STRICT_TRANSPORT] if https else [])]
            message["headers"] = headers + [field for field in wanted if field[0] not in present]
        await send(message)

    return send_secured


def check_host(headers: Headers) -> None:
    """Refuse requests without one well-formed Host (RFC 9110 7.2). No address is ever built from it."""
    hosts = headers.getlist("host")
    if len(hosts) != 1 or _HOST.fullmatch(hosts[0]) is None:
        raise Problem("bad-host")


def check_origin(request: Request, *, https: bool) -> None:
    """Refuse a changing request that another site's page sent. Programs send no Origin; browsers always do."""
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        raise Problem("csrf")
    origins = request.headers.getlist("origin")
    if not origins:
        return
    own = request.headers.get("host", "").lower()
    parts = urlsplit(origins[0].lower())
    # TLS may end at a proxy: an https page may call what we see as http, never the other way round.
    schemes = {"https"} if https else {"http", "https"}
    if len(origins) != 1 or parts.scheme not in schemes or parts.netloc != own:
        raise Problem("csrf")


def caller_address(request: Request, trusted_proxies: Sequence[str]) -> str:
    """The caller's address: the peer of the connection, or what a trusted proxy says about it (rightmost unknown)."""
    address = request.client.host if request.client else ""
    if not _is_in(address, trusted_proxies):
        return address
    forwarded = ",".join(request.headers.getlist("x-forwarded-for")).split(",")
    for hop in reversed([hop.strip() for hop in forwarded if hop.strip()]):
        if not _is_address(hop):
            return address
        if not _is_in(hop, trusted_proxies):
            return hop
    return address


def is_https(request: Request, trusted_proxies: Sequence[str]) -> bool:
    """Whether the browser speaks TLS with us or with a trusted proxy."""
    if request.url.scheme == "https":
        return True
    address = request.client.host if request.client else ""
    return _is_in(address, trusted_proxies) and request.headers.get("x-forwarded-proto", "") == "https"


def is_local(request: Request) -> bool:
    """Whether the caller sits on this machine. A forwarded request never does, whoever forwarded it."""
    headers = request.headers
    if any(name in headers for name in ("x-forwarded-for", "forwarded", "x-real-ip", "via")):
        return False
    address = request.client.host if request.client else ""
    return _is_address(address) and ipaddress.ip_address(address).is_loopback


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _is_in(address: str, networks: Sequence[str]) -> bool:
    if not networks or not _is_address(address):
        return False
    parsed = ipaddress.ip_address(address)
    return any(parsed in ipaddress.ip_network(network, strict=False) for network in networks)
