"""Series bundles: one compressed document with the headers and frame lengths of a series (`house.md` 3.13).

A bundle is named by the digests that it was built from: a stale one is never found, and two processes that build the
same one write the same file. Each organisation has its own, also of the same objects: what one removes another may
still need. It is derived; the folder may be emptied at any time, also while a file of it is about to be read.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from kontor.archive.retrieval import locate
from kontor.archive.retrieval_model import FrameNotThere, Metadata, NotConvertible, Selection, StoredInstance
from kontor.archive.retrieval_opening import document_of
from kontor.dicom.reading import BulkPolicy

if TYPE_CHECKING:
    from kontor.access import Scope
    from kontor.archive.room import Archive
    from kontor.dicom.reading import FrameIndex
    from kontor.dicom.values import Uid

FORMAT: Final = 2
"""Counts changes of the document's form: part of the name, so that an older file is not taken for a newer."""

_INLINE_MAX: Final = 1 << 18
"""Bytes of a value that stays in the document: lookup tables and palettes do, pixels and private bulk do not."""

_LEVEL: Final = 5
_GZIP: Final = 16 + zlib.MAX_WBITS
_PIECE: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Bundle:
    """A series' document, compressed by gzip: RFC 1952, to be sent as it is.

    `etag` changes when any object of the series does. `chunks` is run through once.
    """

    etag: str
    chunks: Iterable[bytes]
    encoding: str = "gzip"


def series_bundle(archive: Archive, scope: Scope, study: Uid, series: Uid, study_row: int | None = None) -> Bundle:
    """Return the bundle of a series: the file if it is built, else made while it is sent. Audited as reading.

    `study_row` names the study of a patient who is not the first under its UID, as in `Selection`.

    Raises:
        Forbidden, NotThere, AuditUnwritable: as `retrieve`.
    """
    found = ordered(locate(archive, scope, Selection(study, series, study_row=study_row), Metadata()))
    name = built_from(found)
    etag = f'"{name[:32]}"'
    made = _compressed(document(archive, found, name))
    path = bundle_path(archive, scope, name)
    return Bundle(etag, made if path is None else _kept_or_made(path, made))


def build_bundle(archive: Archive, scope: Scope, found: Sequence[StoredInstance]) -> tuple[Path, str] | None:
    """Write the bundle's file unless it is there. Return its path and name; None when there is no folder for it."""
    name = built_from(found)
    path = bundle_path(archive, scope, name)
    if path is not None and not path.is_file():
        write_whole(path, _compressed(document(archive, found, name)))
    return (path, name) if path is not None else None


def ordered(found: Sequence[StoredInstance]) -> list[StoredInstance]:
    """By position in the stack, then number: the order in which most series are read."""
    return sorted(found, key=lambda one: (one.geometry_key, one.instance_number or 0, one.sop_instance_uid))


def built_from(found: Sequence[StoredInstance]) -> str:
    """A digest over the objects of a series, whatever their order."""
    members = sorted(f"{one.sop_instance_uid}:{one.digest}" for one in found)
    return hashlib.sha256(f"{FORMAT}|{'|'.join(members)}".encode()).hexdigest()


def bundle_path(archive: Archive, scope: Scope, name: str) -> Path | None:
    """Where the organisation's bundle of this name lies or will lie."""
    return derived_path(archive, scope, "bundles", f"{name}.json.gz")


def derived_path(archive: Archive, scope: Scope, kind: str, name: str) -> Path | None:
    """Where a derived file of an organisation lies or will lie; None when there is no folder for it."""
    root = archive.settings.folder
    return root / kind / str(scope.org_id) / name[:2] / name if root is not None else None


def document(archive: Archive, found: Sequence[StoredInstance], name: str) -> Iterator[bytes]:
    """The document in JSON, an instance at a time."""
    head = {
        "study_instance_uid": found[0].study_instance_uid,
        "series_instance_uid": found[0].series_instance_uid,
        "built_from": name,
    }
    yield msgspec.json.encode(head)[:-1] + b',"instances":['
    for number, one in enumerate(found):
        yield (b"," if number else b"") + msgspec.json.encode(_instance(archive, one))
    yield b"]}"


def _instance(archive: Archive, one: StoredInstance) -> dict[str, object]:
    """One instance's header and frames; what cannot be read any more is told, not hidden."""
    told: dict[str, object] = {
        "sop_instance_uid": one.sop_instance_uid,
        "sop_class_uid": one.sop_class_uid,
        "transfer_syntax": one.transfer_syntax_uid,
        "digest": one.digest,
    }
    base = f"/dicom-web/studies/{one.study_instance_uid}/series/{one.series_instance_uid}/instances/"
    policy = BulkPolicy(_INLINE_MAX, lambda path: f"{base}{one.sop_instance_uid}/bulkdata/{path}")
    try:
        opened = archive.opened.open(archive.segments, one)
        # Which pixel element there is, and its VR, say how the frames are read.
        dataset = document_of(opened, policy, opened.scan.pixel)
    except NotConvertible:
        return {**told, "dataset": {}, "frames": {"count": 0, "lossy": False, "bytes": []}}
    header = opened.scan.header
    try:
        lengths = _lengths(archive.opened.frames(opened))
    except FrameNotThere:
        lengths = []
    return {
        **told,
        "sop_class_uid": header.sop_class_uid,
        "dataset": dataset,
        "frames": {"count": len(lengths), "lossy": header.instance.lossy, "bytes": lengths},
    }


def _lengths(index: FrameIndex) -> list[int]:
    return [frame.length for frame in index.frames]


def _compressed(pieces: Iterable[bytes]) -> Iterator[bytes]:
    compressor = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)
    for piece in pieces:
        if chunk := compressor.compress(piece):
            yield chunk
    yield compressor.flush()


def _kept_or_made(path: Path, made: Iterable[bytes]) -> Iterator[bytes]:
    """The file's bytes; what is `made` where it is not built, or was removed until now."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        yield from made
        return
    with file:
        while chunk := file.read(_PIECE):
            yield chunk


def write_whole(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a derived file so that nobody ever reads half of it. It is not synced: it can be built again."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with fresh.open("wb") as file:
            for piece in pieces:
                file.write(piece)
        os.replace(fresh, path)  # noqa: PTH105 # the one call that is atomic
    finally:
        fresh.unlink(missing_ok=True)
