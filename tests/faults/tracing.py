"""What a program asked the kernel to write, to sync and to send, in order: the log of strace, read back."""

from __future__ import annotations

import re
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

WRITES: Final = frozenset({"pwrite64", "pwritev", "pwritev2"})
SYNCS: Final = frozenset({"fdatasync", "fsync"})
SENDS: Final = frozenset({"sendto", "sendmsg", "write", "writev"})
RENAMES: Final = frozenset({"rename", "renameat", "renameat2", "link", "linkat"})
_CALLS: Final = ",".join(sorted(WRITES | SYNCS | SENDS | RENAMES | {"ftruncate"}))
_LINE: Final = re.compile(r"^(\d+) +(?:<\.\.\. )?(\w+)(?: resumed>|\()(.*)$")
_PLACE: Final = re.compile(r"^\d+<(.*?)>(?:\(deleted\))?(?:,|\)|$)")
_RESULT: Final = re.compile(r"\) += (-?\d+|\?)")
"""`?` is the result of a call in which the process died."""
_TEXT: Final = re.compile(r'"((?:[^"\\]|\\.)*)"')
_WRITTEN: Final = re.compile(r", (\d+), (\d+)\)? *$")
_ESCAPES: Final = {"n": "\n", "r": "\r", "t": "\t", "v": "\v", "f": "\f", '"': '"', "\\": "\\", "0": "\0"}
_UNFINISHED: Final = " <unfinished ...>"


@dataclass(frozen=True, slots=True)
class Call:
    """One call. Sends stand where they began, everything else where it ended: the order that proves most."""

    thread: int
    name: str
    path: str
    arguments: str
    result: int | None

    @property
    def data(self) -> bytes:
        """The beginning of what was sent, as far as strace shows it."""
        return b"".join(_unescaped(found[1]) for found in _TEXT.finditer(self.arguments))

    @property
    def texts(self) -> list[str]:
        """Its arguments that are text: paths."""
        return [_unescaped(found[1]).decode("latin-1") for found in _TEXT.finditer(self.arguments)]

    @property
    def span(self) -> tuple[int, int]:
        """Offset and end of a positioned write."""
        found = _WRITTEN.search(self.arguments)
        assert found, self.arguments[-80:]
        return int(found[2]), int(found[2]) + int(found[1])


def strace(log: Path) -> list[str]:
    """The words before a command that have it traced into `log`, all its children included."""
    program = shutil.which("strace")
    assert program, "strace is missing: Debian's package strace ships it (make setup installs it)"
    return [program, "-f", "--seccomp-bpf", "-qq", "-yy", "-x", "-s", "300", "-e", f"trace={_CALLS}", "-o", str(log)]


def calls(log: Path) -> Iterator[Call]:
    """Every traced call."""
    begun: dict[int, str] = {}
    with log.open(errors="replace") as lines:
        for line in lines:
            found = _LINE.match(line.rstrip("\n"))
            if found is None:
                continue
            thread, name, rest = int(found[1]), found[2], found[3]
            resumed = line.split(None, 1)[1].startswith("<...")
            if rest.endswith(_UNFINISHED):
                begun[thread] = rest.removesuffix(_UNFINISHED)
                if name in SENDS:
                    yield _call(thread, name, begun[thread])
            elif resumed:
                if name not in SENDS:
                    yield _call(thread, name, begun.pop(thread, "") + rest)
            else:
                yield _call(thread, name, rest)


def unsynced(traced: Iterable[Call]) -> dict[str, int]:
    """For every file, the first byte that was written and not synced when the trace ended; only files that have any."""
    waiting: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for call in traced:
        if call.name in WRITES:
            waiting[call.path].append(call.span)
        elif call.name in SYNCS and call.result == 0:
            waiting.pop(call.path, None)
    return {path: min(offset for offset, _ in spans) for path, spans in waiting.items()}


def _call(thread: int, name: str, text: str) -> Call:
    place = _PLACE.match(text)
    result = _RESULT.search(text)
    arguments = text[: result.start()] if result else text
    return Call(
        thread, name, place[1] if place else "", arguments, int(result[1]) if result and result[1] != "?" else None
    )


def _unescaped(text: str) -> bytes:
    def one(found: re.Match[str]) -> str:
        sign = found[1]
        return chr(int(sign[1:], 16)) if sign.startswith("x") else _ESCAPES.get(sign, sign)

    return re.sub(r"\\(x[0-9a-f]{2}|.)", one, text).encode("latin-1", "replace")
