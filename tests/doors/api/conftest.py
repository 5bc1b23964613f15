"""The API over a real archive in memory, with somebody of each role in two organisations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from starlette.types import ASGIApp

from kontor.access import Access, Role, create_account, create_token, system_scope
from kontor.archive import Archive, ArchiveSettings
from kontor.doors.api import routes
from kontor.doors.http import HttpSettings, create_app
from kontor.platform.blobs import open_memory
from kontor.platform.database import Database
from kontor.platform.sandbox import Sandbox
from tests.access.rooms import PASSWORD, a_room, clock_of, operator
from tests.archive.objects import Desk
from tests.doors.http.calling import Reply, ask


@dataclass
class Api:
    """The application and those who call it."""

    app: ASGIApp
    access: Access
    desk: Desk
    tokens: dict[str, str] = field(default_factory=dict)

    def ask(self, who: str, method: str, path: str, data: object = None, **more: Any) -> Reply:
        """Call below /api/v1 as the one account of a role, 'stranger' of the other organisation, or 'nobody'."""
        fields = list(more.pop("fields", ()))
        if who != "nobody":
            fields.append(("authorization", f"Bearer {self._token(who)}"))
        return ask(self.app, method, "/api/v1" + path, fields=fields, data=data, **more)

    def get(self, who: str, path: str) -> Any:
        """The JSON of a successful GET."""
        reply = self.ask(who, "GET", path)
        assert reply.status == 200, reply.body
        return reply.json()

    def _token(self, who: str) -> str:
        if who not in self.tokens:
            scope = operator(self.access, "other" if who == "stranger" else "main")
            roles = [role.value for role in Role] if who == "stranger" else [who]
            create_account(self.access, scope, who, roles, PASSWORD)
            self.tokens[who] = create_token(self.access, scope, who).token
        return self.tokens[who]


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    made = Sandbox(1)
    yield made
    made.close()


@pytest.fixture
def api(engine: Database, sandbox: Sandbox) -> Api:
    """On both engines."""
    return api_on(engine, sandbox)


def api_on(engine: Database, sandbox: Sandbox) -> Api:
    access = a_room(engine, organisations=("main", "other"))
    archive = Archive(engine, open_memory(), access, sandbox, access.clock, ArchiveSettings(settle_after_s=60))
    scope = system_scope(access, "main", "test")
    app = create_app(access, archive, HttpSettings(threads=4, uploads=2), routes())
    return Api(app, access, Desk(archive, scope, clock_of(access)))


def elsewhere(api: Api) -> Desk:
    """The same archive's desk of the other organisation."""
    return replace(api.desk, scope=system_scope(api.access, "other", "test"))
