"""Senders over DICOM: pynetdicom, which sends a file's bytes as they are, and DCMTK's programs."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from pydicom.uid import UID
from pynetdicom import AE, _config
from pynetdicom.dsutils import split_dataset
from pynetdicom.presentation import build_context

CONTEXTS_MAX: Final = 128
KONTOR: Final = "KONTOR"
NOT_ACCEPTED: Final = -1
UID_MAX: Final = 64
ANNOUNCED: Final = ("MediaStorageSOPClassUID", "TransferSyntaxUID", "MediaStorageSOPInstanceUID")


@dataclass(frozen=True)
class Answer:
    """Status of a C-STORE response and its Error Comment."""

    status: int
    comment: str = ""


@dataclass(frozen=True)
class Sender:
    """An AE title that calls a port of this machine, from `source` if that is named."""

    ae_title: str
    port: int
    source: str = ""
    called: str = KONTOR

    def storescu(self, files: Sequence[Path], *options: str) -> subprocess.CompletedProcess[str]:
        """Send files with DCMTK's storescu."""
        return self._dcmtk("storescu", options, files)

    def echoscu(self) -> subprocess.CompletedProcess[str]:
        """Ask with DCMTK's echoscu."""
        return self._dcmtk("echoscu")

    @contextmanager
    def associated(self, contexts: Sequence[tuple[str, str]]) -> Iterator[Any]:
        """An association with these pairs of SOP class and transfer syntax; None when it is rejected."""
        entity = AE(ae_title=self.ae_title)
        wanted = [build_context(UID(sop_class), UID(syntax)) for sop_class, syntax in contexts]
        bound = {"bind_address": (self.source, 0)} if self.source else {}
        association = entity.associate("127.0.0.1", self.port, wanted, ae_title=self.called, **bound)
        # pynetdicom's own thread may take a response off the queue before the sending one looks (its pause has a gap).
        association._serve_request = lambda message, context: association.dimse.msg_queue.put((context, message))
        try:
            yield association if association.is_established else None
        finally:
            if association.is_established:
                association.release()
            else:
                association.abort()

    def send(self, files: Sequence[Path]) -> dict[Path, Answer]:
        """Send files byte by byte as they are, in as few associations as their kinds allow.

        Status `NOT_ACCEPTED` stands for a kind of object that the archive did not agree to receive.
        """
        answers: dict[Path, Answer] = {}
        for group, contexts in _groups(files):
            with sent_as_they_are(), self.associated(contexts) as association:
                assert association is not None, f"{self.ae_title} was rejected"
                agreed = {
                    (str(one.abstract_syntax), str(one.transfer_syntax[0])) for one in association.accepted_contexts
                }
                for path in group:
                    if kind_of(path) not in agreed:
                        answers[path] = Answer(NOT_ACCEPTED)
                        continue
                    status = association.send_c_store(path)
                    assert "Status" in status, f"no answer to {path}"
                    answers[path] = Answer(int(status.Status), str(status.get("ErrorComment", "")))
        return answers

    def _dcmtk(
        self, program: str, options: Sequence[str] = (), files: Sequence[Path] = ()
    ) -> subprocess.CompletedProcess[str]:
        found = shutil.which(program, path="/usr/bin:/usr/local/bin")
        assert found, f"{program} is missing: Debian's package dcmtk ships it (make setup installs it)"
        command = [found, "-aet", self.ae_title, "-aec", self.called, *options, "127.0.0.1", str(self.port)]
        command += [str(path) for path in files]
        environment = {"TCP_NODELAY": "1", "PATH": "/usr/bin"}
        return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, env=environment)


@contextmanager
def sent_as_they_are() -> Iterator[None]:
    """pynetdicom sends files given by their path without decoding them."""
    before = _config.STORE_SEND_CHUNKED_DATASET
    _config.STORE_SEND_CHUNKED_DATASET = True
    try:
        yield
    finally:
        _config.STORE_SEND_CHUNKED_DATASET = before


@lru_cache(maxsize=2048)
def announcement_of(path: Path) -> tuple[str, str, str] | None:
    """SOP class, transfer syntax and SOP instance that a file's meta information announces; None without all three."""
    try:
        meta, _ = split_dataset(path)
    except Exception:  # noqa: BLE001 # pydicom raises many things over files that are none
        return None
    named = [str(meta.get(keyword, "")) for keyword in ANNOUNCED]
    return (named[0], named[1], named[2]) if all(0 < len(uid) <= UID_MAX for uid in named) else None


def kind_of(path: Path) -> tuple[str, str] | None:
    """SOP class and transfer syntax by which a file can be offered."""
    announced = announcement_of(path)
    return None if announced is None else announced[:2]


def _groups(files: Sequence[Path]) -> Iterator[tuple[list[Path], list[tuple[str, str]]]]:
    """Files with the kinds that they need, as many kinds at once as an association can negotiate (PS3.8 7.1.1.13)."""
    group: list[Path] = []
    kinds: list[tuple[str, str]] = []
    for path in files:
        kind = kind_of(path)
        assert kind is not None, f"{path} cannot be offered"
        if kind not in kinds and len(kinds) == CONTEXTS_MAX:
            yield group, kinds
            group, kinds = [], []
        group.append(path)
        if kind not in kinds:
            kinds.append(kind)
    if group:
        yield group, kinds
