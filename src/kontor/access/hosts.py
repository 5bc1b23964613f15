"""From where a peer may call: address, network (CIDR) or host name. Pure but for the injected name look-up."""

from __future__ import annotations

import ipaddress
import re
import socket
import threading
import time
from collections.abc import Callable
from typing import Final

from kontor.access.errors import Inadmissible

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
_HOST_NAME: Final = re.compile(r"(?!-)[A-Za-z0-9_-]{1,63}(?<!-)(\.(?!-)[A-Za-z0-9_-]{1,63}(?<!-))*\.?")
_REMEMBERED_S: Final = 60
_REMEMBERED_MAX: Final = 4096


def resolve_host(name: str) -> frozenset[str]:
    """All addresses of a host name; empty when it has none or cannot be asked."""
    try:
        return frozenset(str(found[4][0]) for found in socket.getaddrinfo(name, None, type=socket.SOCK_STREAM))
    except (OSError, UnicodeError):
        return frozenset()


class HostNames:
    """Matches a caller's address with what a peer record allows; remembers name look-ups for a minute."""

    def __init__(
        self,
        resolve: Callable[[str], frozenset[str]] = resolve_host,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._resolve = resolve
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._known: dict[str, tuple[float, frozenset[IpAddress]]] = {}

    def admits(self, allowed: str, address: str) -> bool:
        """Whether `address` lies in `allowed`; '' allows all. An address that is none is never inside."""
        if not allowed:
            return True
        caller = parse_address(address)
        if caller is None:
            return False
        network = parse_network(allowed)
        if network is not None:
            return caller.version == network.version and caller in network
        return caller in self._addresses_of(allowed)

    def _addresses_of(self, name: str) -> frozenset[IpAddress]:
        with self._lock:
            known = self._known.get(name)
        if known is not None and self._monotonic() - known[0] < _REMEMBERED_S:
            return known[1]
        parsed = (parse_address(text) for text in self._resolve(name))
        found = frozenset(address for address in parsed if address is not None)
        with self._lock:
            if len(self._known) >= _REMEMBERED_MAX:
                self._known.clear()
            self._known[name] = (self._monotonic(), found)
        return found


def parse_address(text: str) -> IpAddress | None:
    """An IP address, zone removed, IPv4 taken out of IPv6 (`::ffff:10.0.0.1`); None for anything else."""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address


def parse_network(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    """A network, or an address as a network of one; None for a host name."""
    address = parse_address(text)
    try:
        return ipaddress.ip_network(address if address is not None else text, strict=False)
    except ValueError:
        return None


def check_host(text: str) -> str:
    """The host as stored: lower case, without blanks around. Raises Inadmissible when it is none."""
    host = text.strip().lower()
    if not host or parse_network(host) is not None:
        return host
    looks_like_address = "/" in host or ":" in host or re.fullmatch(r"[0-9.]+", host) is not None
    if looks_like_address or len(host) > 253 or _HOST_NAME.fullmatch(host) is None:
        raise Inadmissible("host", "neither a host name nor an IP address nor a network")
    return host
