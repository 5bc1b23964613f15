"""The web door as a program uses it: DICOMweb and /api/v1 with a bearer token."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import uuid4

import httpx2

AS_STORED: Final = 'multipart/related; type="application/dicom"; transfer-syntax=*'
_BOUNDARY: Final = re.compile(r'boundary="?([^";]+)"?')


@dataclass(frozen=True)
class Stored:
    """What STOW-RS said: status, SOP Instance UIDs kept (with their warning), failure reasons."""

    status: int
    kept: dict[str, int]
    failed: list[int]

    @classmethod
    def read(cls, answer: httpx2.Response) -> Stored:
        """Take an answer apart (PS3.18 annex I)."""
        body = answer.json() if answer.content else {}
        kept = {
            item["00081155"]["Value"][0]: item.get("00081196", {}).get("Value", [0])[0]
            for item in body.get("00081199", {}).get("Value", [])
        }
        failures = [*body.get("00081198", {}).get("Value", []), *body.get("0008119A", {}).get("Value", [])]
        return cls(answer.status_code, kept, [item["00081197"]["Value"][0] for item in failures])


class Web:
    """A client. Every call is one request; nothing is repeated or followed."""

    def __init__(self, root: str, token: str = "", timeout_s: float = 120) -> None:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self.client = httpx2.Client(base_url=root, headers=headers, timeout=timeout_s, trust_env=False)

    def __enter__(self) -> Web:
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()

    def get(self, path: str, **headers: str) -> httpx2.Response:
        """GET with header fields, whose names may be written with underscores."""
        return self.client.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})

    def api(self, path: str, *, method: str = "GET", body: object | None = None, expect: int = 200) -> Any:
        """Call /api/v1 and return the decoded answer."""
        answer = self.client.request(method, f"/api/v1{path}", json=body)
        assert answer.status_code == expect, f"{method} {path}: {answer.status_code} {answer.text[:500]}"
        return answer.json() if answer.content else None

    def stow(self, *objects: bytes, path: str = "/dicom-web/studies") -> httpx2.Response:
        """Store objects in one request."""
        boundary = uuid4().hex
        head = f"--{boundary}\r\nContent-Type: application/dicom\r\n\r\n".encode()
        body = b"".join(head + one + b"\r\n" for one in objects) + f"--{boundary}--\r\n".encode()
        kind = f'multipart/related; type="application/dicom"; boundary={boundary}'
        return self.client.post(path, content=body, headers={"Content-Type": kind, "Accept": "application/dicom+json"})

    def store(self, *objects: bytes) -> Stored:
        """Store objects and take the answer apart."""
        return Stored.read(self.stow(*objects))

    def instance(self, study: str, series: str, sop: str) -> bytes:
        """One object as it is stored: a file of ours before its data set."""
        path = f"/dicom-web/studies/{study}/series/{series}/instances/{sop}"
        answer = self.get(path, Accept=AS_STORED)
        assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.text[:300]}"
        (part,) = parts_of(answer)
        return part

    def audit(self, **filters: str) -> list[dict[str, Any]]:
        """Rows of the audit, latest first."""
        query = "&".join(f"{name}={value}" for name, value in filters.items())
        return list(self.api(f"/audit?limit=500&{query}")["items"])


def parts_of(answer: httpx2.Response) -> list[bytes]:
    """The parts of a multipart answer, without their header fields (RFC 2046 5.1)."""
    found = _BOUNDARY.search(answer.headers["content-type"])
    assert found, answer.headers["content-type"]
    delimiter = b"\r\n--" + found[1].encode()
    pieces: Sequence[bytes] = (b"\r\n" + answer.content).split(delimiter)
    assert pieces[-1].startswith(b"--"), "the last boundary is missing"
    return [piece.partition(b"\r\n\r\n")[2] for piece in pieces[1:-1]]


def uids_of(answer: Iterable[dict[str, Any]], tag: str) -> set[str]:
    """Values of one attribute in a QIDO-RS answer."""
    return {row[tag]["Value"][0] for row in answer}
