"""The web door as one plain ASGI application: every door's routes, the operator's, and the browser client."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.routing import Route, Router

from kontor.access import Act, record_stranger
from kontor.doors.http.answering import send_bytes
from kontor.doors.http.client import ClientFiles
from kontor.doors.http.dispatch import PathApplication
from kontor.doors.http.operation import operation_door
from kontor.doors.http.problems import Problem, preferred_language, problem_answer
from kontor.doors.http.routes import Door, Endpoint
from kontor.doors.http.security import caller_address, with_security_headers
from kontor.doors.http.settings import HttpSettings, client_folder
from kontor.doors.http.surroundings import Surroundings

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from kontor.access import Access
    from kontor.archive import Archive


def create_app(access: Access, archive: Archive, settings: HttpSettings, doors: Sequence[Door]) -> ASGIApp:
    """The application. Raises ValueError when two rows of the route tables claim the same method and path."""
    surroundings = Surroundings(access, archive, settings)
    every_door = [operation_door(), *doors]
    routes = [route for door in every_door for route in _routes(door, surroundings)]
    prefixes = tuple(door.prefix + "/" for door in doors if door.prefix)
    router = Router(
        routes, redirect_slashes=False, default=_Default(ClientFiles(client_folder(settings)), prefixes, surroundings)
    )

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _lifespan(receive, send)
        elif scope["type"] == "http":
            await router(scope, receive, with_security_headers(scope, send))
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1003})

    return application


def _routes(door: Door, surroundings: Surroundings) -> list[Route]:
    """One route a path, in the order of the table, so that fixed paths can stand before those with parameters."""
    by_path: dict[str, dict[str, Endpoint]] = {}
    for endpoint in door.endpoints:
        methods = by_path.setdefault(endpoint.path, {})
        if endpoint.method in methods:
            raise ValueError(f"{endpoint.method} {door.prefix}{endpoint.path} stands twice in the route table")
        methods[endpoint.method] = endpoint
    return [
        Route(door.prefix + path, PathApplication(door, methods, surroundings)) for path, methods in by_path.items()
    ]


class _Default:
    """What no route matches: below a door's prefix a problem, elsewhere the client."""

    def __init__(self, client: ClientFiles, prefixes: tuple[str, ...], surroundings: Surroundings) -> None:
        self._client = client
        self._prefixes = prefixes
        self._around = surroundings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not (scope["path"] + "/").startswith(self._prefixes):
            await self._client(scope, receive, send)
            return
        around, address = self._around, caller_address(Request(scope), self._around.settings.trusted_proxies)
        await around.threads.run(
            lambda: record_stranger(around.access, Act.CALL, address, "no-such-address", address=address)
        )
        language = preferred_language(Request(scope).headers.get("accept-language", ""))
        answer = problem_answer(Problem("not-found"), language)
        await send_bytes(answer.status, answer.headers, answer.body, send)


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
