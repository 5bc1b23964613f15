"""Under strace: no success before a sync of that object's bytes, in a file whose name is durable too (issue 7, 3b).

The record in the segment is also what makes its index row survive: replay admits it again.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from tests.faults.mortal_house import SOAK, mortal
from tests.faults.objects_to_send import make_lot, portions
from tests.faults.sending import LoggingSender
from tests.faults.tracing import RENAMES, SENDS, SYNCS, WRITES, Call, calls, strace

INSTANCES: Final = 200 if SOAK else 24
STOWED: Final = 6
_RESPONSE: Final = b"\0\0\0\x01\x02\0\0\0\x01\x80"  # (0000,0100) Command Field: C-STORE-RSP
_SUCCESS: Final = b"\0\0\0\x09\x02\0\0\0\0\0"  # (0000,0900) Status 0000


def test_every_success_is_preceded_by_a_sync_of_its_bytes(engine_url: str, tmp_path: Path) -> None:
    log = tmp_path / "trace"
    lot = make_lot(tmp_path / "lot", 0, INSTANCES + STOWED, random.Random(1))
    files = list(lot.files.values())
    with mortal(tmp_path / "house", engine_url, strace(log), processes="web=1,dimse=2,worker=1") as house:
        senders = [LoggingSender(house.dimse, part) for part in portions(lot, 3)]
        assert [sender.wait() for sender in senders] == [0, 0, 0]
        assert sum(len(sender.acknowledged) for sender in senders) == len(files)
        with house.web as web:
            for number in range(STOWED):
                extra = make_lot(tmp_path / f"stow{number}", 100 + number, 1, random.Random(number))
                assert web.store(next(iter(extra.files.values())).read_bytes()).status == 200
        house.kill(random.Random(0))
    traced = list(calls(log))
    assert _dimse_successes(traced) == len(files)
    assert _stow_successes(traced) >= STOWED
    _names_are_durable_before_any_success(traced)


def _dimse_successes(traced: Iterable[Call]) -> int:
    """Count success responses; a thread serves one association, so that its calls are one object's after another."""
    dirty: dict[int, set[str]] = {}
    synced: dict[int, int] = {}
    count = 0
    for call in traced:
        if call.name in WRITES and _is_segment(call.path):
            dirty.setdefault(call.thread, set()).add(call.path)
        elif call.name in SYNCS and _is_segment(call.path) and call.result == 0:
            dirty.get(call.thread, set()).discard(call.path)
            synced[call.thread] = synced.get(call.thread, 0) + 1
        elif call.name in SENDS and "TCP" in call.path and _RESPONSE in call.data and _SUCCESS in call.data:
            assert not dirty.get(call.thread), "a success left while bytes of its object were not synced"
            assert synced.get(call.thread, 0) == 1, "not exactly one sync of a segment for this success"
            synced[call.thread] = 0
            count += 1
    return count


def _stow_successes(traced: Iterable[Call]) -> int:
    """Count 200s that follow a write to a segment; requests came one after another, so any thread's sync counts."""
    written, pending, count = False, False, 0
    for call in traced:
        if call.name in WRITES and _is_segment(call.path):
            written = pending = True
        elif call.name in SYNCS and _is_segment(call.path) and call.result == 0:
            pending = False
        elif call.name in SENDS and "TCP" in call.path and call.data.startswith(b"HTTP/1.1 200") and written:
            assert not pending, "a 200 left while bytes of its object were not synced"
            written, count = False, count + 1
    return count


def _names_are_durable_before_any_success(traced: Iterable[Call]) -> None:
    """A segment's name in its folder is synced before the first object is written to it."""
    unsafe: set[str] = set()
    made = 0
    for call in traced:
        if call.name in RENAMES and _is_segment(call.texts[-1]):
            unsafe.add(call.texts[-1])
            made += 1
        elif call.name == "fsync" and call.path.endswith("/segments") and call.result == 0:
            unsafe.clear()
        elif call.name in WRITES:
            assert call.path not in unsafe, "objects are written to a segment whose name could be lost"
    assert made > 0


def _is_segment(path: str) -> bool:
    return path.endswith(".segment")
