"""Every route of both HTTP doors, from the route tables themselves: none can be forgotten."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kontor.doors import api, dicomweb
from kontor.doors.http import Endpoint, Entry

FILLING: Final[Mapping[str, str]] = {
    "{frames}": "1",
    "{n}": "1",
    "{path:path}": "7FE00010",
    "{id}": "1",
    "{name}": "tester",
}


@dataclass(frozen=True)
class Route:
    """One method on one path."""

    method: str
    path: str  # with its parameters in braces
    endpoint: Endpoint

    def at(self, study: str = "1.2.3", series: str = "1.2.3.4", instance: str = "1.2.3.4.5") -> str:
        """The path with these UIDs, and something plausible everywhere else."""
        uids = {"{study}": study, "{series}": series, "{sop}": instance, "{instance}": instance}
        path = self.path
        for name, value in {**FILLING, **uids}.items():
            path = path.replace(name, value)
        assert "{" not in path, path
        return path


def routes() -> Iterator[Route]:
    """All routes, the open ones too."""
    for door in (*api.routes(), *dicomweb.routes()):
        for endpoint in door.endpoints:
            yield Route(endpoint.method, door.prefix + endpoint.path, endpoint)


def closed_routes() -> list[Route]:
    """Routes that ask who is calling."""
    return [route for route in routes() if route.endpoint.requires is not Entry.ANYBODY]


def routes_with_uids() -> list[Route]:
    """Routes that name something by its UID."""
    named = ("{study}", "{series}", "{sop}", "{instance}")
    return [route for route in closed_routes() if any(name in route.path for name in named)]
