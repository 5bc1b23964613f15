"""A follower reads the journal from its cursor on: at least once, in order, restartable, never stopped by one entry."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from kontor.platform.clock import Clock, SystemClock
from kontor.platform.database import Database, DatabaseUnavailable, ReadTransaction, WriteTransaction
from kontor.platform.journal import cursor_rows, entry_rows, parking_rows
from kontor.platform.journal.entry_rows import Entry
from kontor.platform.log import get_logger

Handler = Callable[[WriteTransaction, Entry], None]
_SKIP_AHEAD: Final = 1_000  # a cursor lags at most this far behind entries of other kinds

_log: Final = get_logger("journal")


class Follower:
    """One name, one cursor, one handler. Several processes may run it; they take turns by the cursor's row lock."""

    def __init__(
        self,
        database: Database,
        name: str,
        kinds: Sequence[str],
        handler: Handler,
        *,
        batch: int = 200,
        clock: Clock | None = None,
    ) -> None:
        self.name = name
        self._database = database
        self._kinds = tuple(kinds)
        self._handler = handler
        self._batch = batch
        self._clock = clock or SystemClock()
        self._database.write(lambda tx: cursor_rows.begin(tx, name))

    def run_once(self) -> int:
        """Handle one batch of entries and one due parked entry. Return how many were handled or parked."""
        return self._run_batch() + self._retry_parked()

    def lag(self) -> int:
        """Return how many numbered entries, of any kind, lie after the cursor."""
        return self._database.read(lambda tx: entry_rows.last_sequence_number(tx) - self._position(tx))

    def _position(self, tx: ReadTransaction) -> int:
        return cursor_rows.position(tx, self.name)

    def _run_batch(self) -> int:
        if self._database.read(entry_rows.has_unnumbered):
            self._database.write(entry_rows.number_committed)
        waiting, position, newest = self._database.read(
            lambda tx: (
                entry_rows.entries_after(tx, self._position(tx), self._batch, self._kinds),
                self._position(tx),
                entry_rows.last_sequence_number(tx),
            )
        )
        if not waiting:
            if newest - position > _SKIP_AHEAD:
                self._database.write(lambda tx: self._skip_to(tx, position, newest))
            return 0
        try:
            return self._database.write(self._handle_from_cursor)
        except DatabaseUnavailable:
            raise
        except Exception as error:  # noqa: BLE001 # whatever a handler raises must not stop the others
            _log.warning("batch failed, going one by one", follower=self.name, error=type(error).__name__)
            return self._one_by_one(len(waiting))

    def _handle_from_cursor(self, tx: WriteTransaction) -> int:
        position = cursor_rows.locked_position(tx, self.name)
        batch = entry_rows.entries_after(tx, position, self._batch, self._kinds)
        for entry in batch:
            self._handler(tx, entry)
        if batch:
            cursor_rows.move(tx, self.name, batch[-1].seq)
        return len(batch)

    def _one_by_one(self, count: int) -> int:
        for _ in range(count):
            first = self._database.read(lambda tx: self._first_after(tx, self._position(tx)))
            if first is None:
                break
            try:
                self._database.write(partial(self._pass, entry=first, act=self._handler))
            except DatabaseUnavailable:
                raise
            except Exception as error:  # noqa: BLE001 # parked with its reason, others pass
                self._park(first, f"{type(error).__name__}: {error}")
        return count

    def _first_after(self, tx: ReadTransaction, position: int) -> Entry | None:
        return next(iter(entry_rows.entries_after(tx, position, 1, self._kinds)), None)

    def _pass(self, tx: WriteTransaction, entry: Entry, act: Handler) -> bool:
        """Deal with the entry and move the cursor past it; False when another process has done so meanwhile."""
        first = self._first_after(tx, cursor_rows.locked_position(tx, self.name))
        if first is None or first.seq != entry.seq:
            return False
        act(tx, entry)
        cursor_rows.move(tx, self.name, entry.seq)
        return True

    def _park(self, entry: Entry, reason: str) -> None:
        def act(tx: WriteTransaction, failed: Entry) -> None:
            parking_rows.park(tx, self.name, failed.seq, reason, self._clock.now_us())

        if self._database.write(lambda tx: self._pass(tx, entry, act)):
            _log.error("entry parked", follower=self.name, seq=entry.seq, error=reason.partition(":")[0])

    def _retry_parked(self) -> int:
        due = self._database.read(lambda tx: parking_rows.next_due(tx, self.name, self._clock.now_us()))
        if due is None:
            return 0
        seq, attempts = due
        try:
            self._database.write(lambda tx: self._handle_parked(tx, seq))
        except DatabaseUnavailable:
            raise
        except Exception as error:  # noqa: BLE001 # counted; after the last delay a person decides
            reason = f"{type(error).__name__}: {error}"
            now_us = self._clock.now_us()
            self._database.write(lambda tx: parking_rows.failed_again(tx, self.name, seq, attempts, reason, now_us))
        return 1

    def _handle_parked(self, tx: WriteTransaction, seq: int) -> None:
        entry = entry_rows.entry_at(tx, seq)
        if entry is not None:
            self._handler(tx, entry)
        parking_rows.release(tx, self.name, seq)

    def _skip_to(self, tx: WriteTransaction, position: int, newest: int) -> None:
        # Only if no entry of our kinds was numbered meanwhile: the cursor must not pass it.
        if not entry_rows.entries_after(tx, position, 1, self._kinds):
            cursor_rows.move(tx, self.name, newest)


def follow(
    database: Database,
    name: str,
    kinds: Sequence[str],
    handler: Handler,
    *,
    batch: int = 200,
    clock: Clock | None = None,
) -> Follower:
    """Return the follower of this name; it begins where it stopped, or at the journal's first entry."""
    return Follower(database, name, kinds, handler, batch=batch, clock=clock)
