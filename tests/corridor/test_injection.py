"""Paths, header fields, statements and log lines made by an attacker: refused, harmless, and in the audit."""

from __future__ import annotations

import socket
from typing import Final

import pytest

from tests.corridor.house import SHARED, House
from tests.corridor.images import new_image, written
from tests.corridor.senders import Sender

pytestmark = pytest.mark.xdist_group(SHARED)
VERIFICATION: Final = [("1.2.840.10008.1.1", "1.2.840.10008.1.2")]
PASSWD: Final = b"root:x:0:0"
PATHS: Final = [
    "/dicom-web/studies/../../../../etc/passwd",
    "/dicom-web/studies/..%2f..%2f..%2fetc%2fpasswd",
    "/dicom-web/studies/%2e%2e/%2e%2e/etc/passwd/metadata",
    "/dicom-web/studies/1.2.3%00.dcm",
    "/dicom-web/studies/1.2.3/series/..%5c..%5cetc/metadata",
    "/dicom-web/studies/1.2.3/series/1.2/instances/1.2/bulkdata/..%2f..%2fetc%2fpasswd",
    "/dicom-web/studies/1.2.3/series/1.2/instances/1.2/frames/1;cat%20/etc/passwd",
    "/dicom-web//etc/passwd",
    "/api/v1/studies/..%2f..%2fetc%2fpasswd",
    "/api/v1/studies/'%20OR%201=1%20--",
    "/api/v1/instances/%252e%252e%252fetc/variants",
    "/api/v1/../../etc/passwd",
    "/assets/../../../../etc/passwd",
    "/assets/..%2f..%2f..%2f..%2fetc%2fpasswd",
    "/..%2f..%2f..%2fkontor.db",
    "//etc/passwd",
    "/%00",
]


def _raw(house: House, request: bytes) -> bytes:
    """Send bytes that no client library would, and read the answer to its end."""
    with socket.create_connection(("127.0.0.1", house.http), timeout=30) as line:
        line.sendall(request)
        answer = b""
        while chunk := line.recv(1 << 16):
            answer += chunk
        return answer


def _head(house: House, path: str, *more: str) -> bytes:
    fields = [f"Host: 127.0.0.1:{house.http}", f"Authorization: Bearer {house.token}", "Connection: close", *more]
    return f"GET {path} HTTP/1.1\r\n".encode("latin-1") + "\r\n".join(fields).encode("latin-1") + b"\r\n\r\n"


@pytest.mark.parametrize("path", PATHS)
def test_a_path_that_leads_elsewhere_finds_nothing(house: House, path: str) -> None:
    answer = _raw(house, _head(house, path))
    head, _, body = answer.partition(b"\r\n\r\n")
    status = int(head.split()[1])
    assert PASSWD not in body
    assert b"SQLite format" not in body
    # A place of the browser's own, whatever it is: the client's one page, or a word that there is none.
    is_the_client = (status == 200 and b"text/html" in head) or (status == 503 and b"client is not built" in body)
    assert status in {400, 404} or is_the_client
    assert is_the_client or b"etc" not in body.lower(), "what was asked for is not repeated"


@pytest.mark.parametrize("path", [path for path in PATHS if path.startswith(("/dicom-web", "/api"))])
def test_below_a_door_such_a_path_is_never_the_client(house: House, path: str) -> None:
    head = _raw(house, _head(house, path)).partition(b"\r\n\r\n")[0]
    assert head.split()[1] in {b"400", b"404"}


def test_paths_that_lead_elsewhere_are_in_the_audit(house: House) -> None:
    _raw(house, _head(house, "/dicom-web/studies/..%2f..%2f..%2fetc%2fpasswd"))
    _raw(house, _head(house, "/dicom-web/studies/1.2.3%00.dcm"))
    with house.web as web:
        assert any(row["detail"]["reason"] == "no-such-address" for row in web.audit(act="call", outcome="refused"))
        failed = web.audit(act="read", outcome="failure") + web.audit(act="retrieve", outcome="failure")
        assert any(row["subject"].startswith("1.2.3") and "dcm" in row["subject"] for row in failed)


@pytest.mark.parametrize(
    "fields",
    [
        ["Accept: application/json\r\nX-Injected: yes"],
        ["Accept: application/dicom+json;x=%0d%0aX-Injected:%20yes"],
        ["Accept-Language: de\r\n\tX-Injected: yes"],
        ["Range: bytes=0-0\nX-Injected: yes"],
        ['If-None-Match: "x\r\nX-Injected: yes"'],
        ["X-Forwarded-For: 10.0.0.1\r\nX-Forwarded-Host: evil.example"],
        ["Accept: a\0b"],
        ["Content-Length: 5", "Content-Length: 6"],
        ["Transfer-Encoding: chunked", "Content-Length: 5"],
    ],
    ids=["two lines", "encoded", "folded", "bare feed", "in quotes", "forwarded", "nul", "two lengths", "smuggled"],
)
def test_header_fields_made_by_the_caller_never_come_back_as_fields(house: House, fields: list[str]) -> None:
    for path in ("/dicom-web/studies?PatientID=%0d%0aX-Injected:%20yes", "/dicom-web/studies/1%0d%0aX-Injected:yes"):
        answer = _raw(house, _head(house, path, *fields) + b"0\r\n\r\n")
        head = answer.partition(b"\r\n\r\n")[0].lower()
        assert answer.count(b"HTTP/1.1 ") <= 1 or b"400" in head.split(b"\r\n")[0] or b" 200 " in head
        assert b"\r\nx-injected" not in head
        assert b"evil.example" not in answer
        assert head.split()[1] in {b"200", b"400", b"404", b"406"}


@pytest.mark.parametrize("host", ["evil.example/x", "a b", "127.0.0.1:1:2", "user@host", "<script>", ""])
def test_a_host_that_is_none_is_refused_and_audited(house: House, host: str) -> None:
    request = f"GET /dicom-web/studies HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {house.token}\r\n"
    answer = _raw(house, request.encode() + b"Connection: close\r\n\r\n")
    assert answer.split()[1] == b"400"
    assert host == "" or host.encode() not in answer.partition(b"\r\n\r\n")[2]
    if host == "user@host":  # one that reaches us, not only the server below
        with house.web as web:
            assert any(row["detail"]["reason"] == "bad-host" for row in web.audit(act="call", outcome="refused"))


STATEMENTS: Final = ["'", "' OR '1'='1", "%", "_", '"', "); DROP TABLE patient; --", "NULL", "\u202e", "[a-z]"]


@pytest.mark.parametrize("value", STATEMENTS)
def test_a_statement_in_a_key_matches_itself_only(house: House, value: str) -> None:
    image = new_image()
    image.StudyDescription = value
    image.SpecificCharacterSet = "ISO_IR 192"
    decoy = new_image()
    decoy.StudyDescription = "decoy"
    with house.web as web:
        assert web.store(written(image), written(decoy)).status == 200
        keys = {"StudyDescription": value.replace("\\", "?"), "StudyDate": image.StudyDate}
        found = web.client.get("/dicom-web/studies", params=keys).json()
        uids = {row["0020000D"]["Value"][0] for row in found}
        assert image.StudyInstanceUID in uids
        assert decoy.StudyInstanceUID not in uids
        listed = web.client.get("/api/v1/studies", params={"description": value, "limit": "500"}).json()["items"]
        assert decoy.StudyInstanceUID not in {row["study_instance_uid"] for row in listed}


def test_what_a_sender_says_makes_no_line_of_the_log_and_no_patient_stands_in_it(house: House) -> None:
    forged = '{"event":"forged"}'
    image = new_image()
    image.PatientName = "Geheim^Gertrud"
    image.StudyDescription = f"x\r\n{forged}\x1b[31m"
    with house.web as web:
        web.stow(written(image))
        web.get(f"/dicom-web/studies?PatientName=Geheim*&x=%0d%0a{forged}")
        with Sender(forged[:16], house.dimse).associated(VERIFICATION) as association:
            assert association is None
    log = (house.folder / "log").read_text(errors="replace")
    assert "forged" not in log
    assert "Geheim" not in log
    assert "\x1b" not in log
    assert str(image.SOPInstanceUID) not in log
