"""OpenAPI 3.1 from the route table; the browser's client is generated from it and drift fails the check."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

import msgspec

from kontor.doors.http.problem_catalogue import CATALOGUE
from kontor.doors.http.problems import PROBLEM_JSON, ProblemView
from kontor.doors.http.routes import JSON, Door, Endpoint, Entry

_REFERENCE: Final = "#/components/schemas/{name}"
_PARAMETER: Final = re.compile(r"\{(\w+)\}")
_ALWAYS: Final = ("not-signed-in", "session-expired", "unknown-token", "right-missing", "internal", "unavailable")
_UNSAFE: Final = ("csrf", "invalid-request", "body-too-large", "media-type")

Json = dict[str, Any]


def openapi_document(doors: Sequence[Door], version: str) -> Json:
    """The document of all doors. Equal input gives equal output, byte for byte."""
    endpoints = [(door, endpoint) for door in doors for endpoint in door.endpoints]
    paths: dict[str, Json] = {}
    for door, endpoint in endpoints:
        paths.setdefault(door.prefix + endpoint.path, {})[endpoint.method.lower()] = _operation(door, endpoint)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Kontor", "version": version, "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"}},
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": _schemas([endpoint for _, endpoint in endpoints]),
            "securitySchemes": {
                "session": {"type": "apiKey", "in": "cookie", "name": "kontor_session"},
                "token": {"type": "http", "scheme": "bearer"},
            },
        },
    }


def _schemas(endpoints: Sequence[Endpoint]) -> Json:
    described = [kind for endpoint in endpoints for kind in (endpoint.body, endpoint.answer) if kind is not None]
    _, schemas = msgspec.json.schema_components([*described, ProblemView], ref_template=_REFERENCE)
    return dict(sorted(schemas.items()))


def _operation(door: Door, endpoint: Endpoint) -> Json:
    operation: Json = {
        "operationId": endpoint.operation,
        "summary": endpoint.summary,
        "tags": [endpoint.tag or door.name],
        "x-requires": endpoint.requires.value,
        "security": [] if endpoint.requires is Entry.ANYBODY else [{"session": []}, {"token": []}],
        "parameters": _path_parameters(endpoint) + _query_parameters(endpoint),
        "responses": _responses(endpoint),
    }
    if endpoint.body is not None:
        operation["requestBody"] = {"required": True, "content": {JSON: {"schema": _schema(endpoint.body)}}}
    return operation


def _path_parameters(endpoint: Endpoint) -> list[Json]:
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in _PARAMETER.findall(endpoint.path)
    ]


def _query_parameters(endpoint: Endpoint) -> list[Json]:
    if endpoint.query is None:
        return []
    _, components = msgspec.json.schema_components([endpoint.query], ref_template=_REFERENCE)
    described = components[endpoint.query.__name__]
    required = set(described.get("required", ()))
    return [
        {"name": name, "in": "query", "required": name in required, "schema": schema}
        for name, schema in described["properties"].items()
    ]


def _responses(endpoint: Endpoint) -> Json:
    success: Json = {"description": endpoint.summary}
    if endpoint.answer is not None:
        success["content"] = {endpoint.media_type: {"schema": _schema(endpoint.answer)}}
    elif endpoint.status != 204:
        success["content"] = {endpoint.media_type: {"schema": {"type": "string", "format": "binary"}}}
    responses = {str(endpoint.status): success}
    for status, codes in _problem_codes(endpoint).items():
        responses[str(status)] = {
            "description": ", ".join(codes),
            "content": {PROBLEM_JSON: {"schema": _schema(ProblemView)}},
        }
    return responses


def _problem_codes(endpoint: Endpoint) -> dict[int, list[str]]:
    codes = set(endpoint.problems)
    codes.update(("internal", "unavailable") if endpoint.requires is Entry.ANYBODY else _ALWAYS)
    if endpoint.method not in {"GET", "HEAD"}:
        codes.update(_UNSAFE)
    if endpoint.query is not None:
        codes.add("invalid-request")
    by_status: dict[int, list[str]] = {}
    for code in sorted(codes):
        by_status.setdefault(CATALOGUE[code].status, []).append(code)
    return dict(sorted(by_status.items()))


def _schema(kind: Any) -> Json:
    schemas, _ = msgspec.json.schema_components([kind], ref_template=_REFERENCE)
    return schemas[0]
