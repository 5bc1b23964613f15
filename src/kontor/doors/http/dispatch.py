"""One path of the route table as an ASGI application: check, decode, call the handler, audit, answer."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, cast

from starlette.requests import Request

from kontor.access import Forbidden, Right
from kontor.doors.http.answering import Runner, encoded, send_answer, send_bytes
from kontor.doors.http.auditing import audit_answer, audit_failure, audit_refusal, audit_stranger, is_strange
from kontor.doors.http.authentication import Caller, authenticate_request
from kontor.doors.http.calls import Answer, Call, Decoding
from kontor.doors.http.decoding import decode_json, decode_query, list_fields
from kontor.doors.http.problems import Problem, preferred_language, problem_answer
from kontor.doors.http.routes import Door, Endpoint, Entry
from kontor.doors.http.security import SAFE_METHODS, caller_address, check_host, check_origin, is_https
from kontor.doors.http.translations import translate
from kontor.doors.http.uploads import CallerGone, UploadedBody, whole_body
from kontor.platform import metrics
from kontor.platform.log import fault_of, get_logger

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from starlette.types import Receive, Scope, Send

    from kontor.doors.http.routes import Handler
    from kontor.doors.http.surroundings import Surroundings

_log: Final = get_logger("http")


class PathApplication:
    """All methods of one path. Built once at start."""

    def __init__(self, door: Door, endpoints: Mapping[str, Endpoint], surroundings: Surroundings) -> None:
        self._door = door
        self._endpoints = endpoints
        self._around = surroundings
        self._lists = {
            endpoint.method: list_fields(endpoint.query) for endpoint in endpoints.values() if endpoint.query
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request, began, status = Request(scope, receive), time.monotonic(), _Status(send)
        try:
            await self._serve(request, receive, status)
        except CallerGone:
            status.value = 499
        except Exception as error:  # noqa: BLE001 # the last place before the server: everything becomes an answer
            await self._refuse(error, request, status)
        finally:
            metrics.requests.labels(self._door.name, f"{status.value // 100}xx").inc()
            metrics.request_seconds.labels(self._door.name).observe(time.monotonic() - began)

    async def _serve(self, request: Request, receive: Receive, send: Send) -> None:
        endpoint = self._endpoint(request.method)
        threads = self._around.threads
        run: Runner = threads.run
        call, answer = await self._answer(endpoint, request, receive)
        if isinstance(answer, Decoding):
            run, answer = threads.go_on_decoding, await self._decoded(endpoint, call, answer)
        if request.method == "HEAD":
            send = _without_body(send)
        await send_answer(answer, endpoint, call.set_headers, receive, send, run)

    async def _decoded(self, endpoint: Endpoint, call: Call, decoding: Decoding) -> Answer:
        """The answer that waits for a decoder, where neither login nor lists wait with it."""
        threads, otherwise = self._around.threads, decoding.otherwise
        answer = await threads.run_decoding(lambda: _answered(endpoint, call, lambda _: decoding.make()))
        if answer is None and otherwise is not None:
            answer = await threads.run(lambda: _answered(endpoint, call, lambda _: otherwise()))
        if answer is None:
            raise Problem("unavailable", retry_after_s=5)
        assert isinstance(answer, Answer)
        return answer

    async def _answer(self, endpoint: Endpoint, request: Request, receive: Receive) -> tuple[Call, Answer | Decoding]:
        """Without a body one thread does everything: each change of thread costs as much as finding a page."""
        around = self._around
        if endpoint.body is None and endpoint.body_limit is not None and not endpoint.is_coroutine:
            return await around.threads.run(lambda: self._answered_at_once(endpoint, request))
        call = await around.threads.run(lambda: self._admitted_call(endpoint, request))
        if endpoint.body_limit is None:
            return call, await self._upload(endpoint, call, receive)
        if endpoint.body is not None:
            body = await whole_body(receive, endpoint.body_limit, around.settings.idle_s)
            call.decoded_body = decode_json(body, call.header("content-type"), endpoint.body)
        return call, await self._handled(endpoint, call)

    def _endpoint(self, method: str) -> Endpoint:
        endpoint = self._endpoints.get("GET" if method == "HEAD" and "HEAD" not in self._endpoints else method)
        if endpoint is None:
            raise Problem("method-not-allowed", headers={"allow": ", ".join(sorted(self._endpoints))})
        return endpoint

    def _answered_at_once(self, endpoint: Endpoint, request: Request) -> tuple[Call, Answer | Decoding]:
        call = self._admitted_call(endpoint, request)
        return call, _answered(endpoint, call, cast("Handler", endpoint.handler))

    def _admitted_call(self, endpoint: Endpoint, request: Request) -> Call:
        """The call, after everything that can be refused without looking at the body. Blocks."""
        try:
            caller = self._admitted(endpoint, request)
        except Exception as error:
            self._note_stranger(endpoint, request, error)
            raise
        return self._call(endpoint, request, caller)

    def _admitted(self, endpoint: Endpoint, request: Request) -> Caller | None:
        access, https = self._around.access, is_https(request, self._around.settings.trusted_proxies)
        check_host(request.headers)
        if endpoint.requires is Entry.ANYBODY:
            if request.method not in SAFE_METHODS:
                check_origin(request, https=https)
            return None
        caller = authenticate_request(access, request, https=https, background=endpoint.background)
        if caller is None:
            raise Problem("not-signed-in")
        if isinstance(endpoint.requires, Right) and endpoint.requires not in caller.scope.rights:
            audit_refusal(access, caller.scope, endpoint, request)
            raise Forbidden(endpoint.requires.value)
        return caller

    def _call(self, endpoint: Endpoint, request: Request, caller: Caller | None) -> Call:
        settings = self._around.settings
        call = Call(
            access=self._around.access,
            archive=self._around.archive,
            settings=settings,
            request=request,
            address=caller_address(request, settings.trusted_proxies),
            known_scope=None if caller is None else caller.scope,
            session_cookie="" if caller is None else caller.cookie,
        )
        if endpoint.query is not None:
            call.decoded_query = decode_query(call.query_pairs(), endpoint.query, self._lists[endpoint.method])
        return call

    async def _handled(self, endpoint: Endpoint, call: Call) -> Answer | Decoding:
        if endpoint.is_coroutine:
            answer = await cast("Awaitable[Answer]", endpoint.handler(call))
            await self._around.threads.run(lambda: audit_answer(endpoint, call, answer))
            return answer
        return await self._around.threads.run(lambda: _answered(endpoint, call, cast("Handler", endpoint.handler)))

    async def _upload(self, endpoint: Endpoint, call: Call, receive: Receive) -> Answer | Decoding:
        settings = self._around.settings
        call.upload = UploadedBody(receive, settings.max_upload_bytes, settings.idle_s)
        pump = asyncio.create_task(call.upload.pump())
        try:
            handler = cast("Handler", endpoint.handler)
            answer = await self._around.threads.run_upload(lambda: _answered(endpoint, call, handler))
        finally:
            pump.cancel()
            await asyncio.gather(pump, return_exceptions=True)
        if answer is None:
            raise Problem("too-many-requests", retry_after_s=5, headers={"connection": "close"})
        return answer

    def _note_stranger(self, endpoint: Endpoint, request: Request, error: Exception) -> None:
        problem = translate(error, self._door.translations)
        if problem is not None and is_strange(endpoint, problem):
            around = self._around
            address = caller_address(request, around.settings.trusted_proxies)
            audit_stranger(around.access, address, problem, endpoint.method, self._door.prefix + endpoint.path)

    async def _refuse(self, error: Exception, request: Request, status: _Status) -> None:
        problem = translate(error, self._door.translations)
        incident = ""
        if problem is None or problem.kind.status >= 500:
            incident = secrets.token_hex(8)
            code = "internal" if problem is None else problem.kind.code
            _log.error("request failed", incident=incident, code=code, door=self._door.name, fault=fault_of(error))
        if status.value:
            raise AnswerCutOff(incident or secrets.token_hex(8)) from None
        language = preferred_language(request.headers.get("accept-language", ""))
        answer = problem_answer(problem or Problem("internal"), language, incident)
        await send_bytes(answer.status, answer.headers, answer.body, status)


class AnswerCutOff(Exception):
    """The answer had begun when it failed: cutting the line is the only honest end. Holds the incident's number."""


class _Status:
    """A `send` that remembers the status that left."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.value = 0

    async def __call__(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.value = message["status"]
        await self._send(message)


def _answered(endpoint: Endpoint, call: Call, handler: Handler) -> Answer | Decoding:
    """The handler's answer, encoded, audited before any of it leaves; an act that failed is audited too."""
    try:
        answer = handler(call)
        if isinstance(answer, Decoding):
            return answer
        answer.body = encoded(answer.body)
    except Exception as error:
        audit_failure(endpoint, call, error)
        raise
    audit_answer(endpoint, call, answer)
    return answer


def _without_body(send: Send) -> Send:
    async def send_head(message: Any) -> None:
        if message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await send(message)

    return send_head
