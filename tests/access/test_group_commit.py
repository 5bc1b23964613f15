"""Group commit: whoever waits while another commits shares the next transaction, and its fate."""

from __future__ import annotations

import threading

import pytest

from kontor.access.group_commit import BATCH_MAX, GroupCommit

CALLERS = 12


class Queue(list[object]):
    """Tells when somebody has joined."""

    def __init__(self) -> None:
        super().__init__()
        self.joined = threading.Semaphore(0)

    def append(self, part: object) -> None:
        super().append(part)
        self.joined.release()


def batches(callers: int, fail_second: bool = False) -> tuple[list[int], list[BaseException]]:
    """Sizes of the transactions when all callers but one arrive while the first one commits, and what they got."""
    group, queue, begun = GroupCommit(), Queue(), threading.Event()
    sizes: list[int] = []
    errors: list[BaseException] = []

    def commit(parts: list[int]) -> None:
        sizes.append(len(parts))
        if len(sizes) == 1:
            group._waiting = queue  # type: ignore[assignment] # counts those who join
            begun.set()
            assert all(queue.joined.acquire(timeout=30) for _ in range(callers - 1))
        elif fail_second:
            raise OSError("disk")

    def call(number: int) -> None:
        try:
            group.submit(number, commit)
        except OSError as error:
            errors.append(error)

    threads = [threading.Thread(target=call, args=(number,)) for number in range(callers)]
    threads[0].start()
    assert begun.wait(30)
    for thread in threads[1:]:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sizes, errors


def test_all_who_wait_share_one_transaction() -> None:
    assert batches(CALLERS) == ([1, CALLERS - 1], [])


def test_a_failed_transaction_is_told_to_everybody_in_it_and_to_nobody_else() -> None:
    sizes, errors = batches(CALLERS, fail_second=True)
    assert sizes == [1, CALLERS - 1]
    assert len(errors) == CALLERS - 1


def test_a_transaction_has_a_largest_size() -> None:
    group, sizes = GroupCommit(), []
    group._waiting = [type("Part", (), {"part": n, "done": False, "error": None})() for n in range(BATCH_MAX + 10)]
    group.submit("mine", lambda parts: sizes.append(len(parts)))
    assert sizes == [BATCH_MAX, 11]


def test_an_error_reaches_the_caller_as_it_was() -> None:
    def commit(_parts: list[object]) -> None:
        raise OSError("disk")

    with pytest.raises(OSError, match="disk"):
        GroupCommit().submit(1, commit)
