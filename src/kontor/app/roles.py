"""The three roles of a process: web, dimse, worker. They meet only in database, blobs and journal."""

from __future__ import annotations

import os
import signal
import socket
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from kontor.app.house import as_environment, build_house, note_audit, prepare_installation
from kontor.app.processes import die_with_parent, freeze_what_stays, listen, require_free
from kontor.app.settings import Settings, parse_address
from kontor.platform.log import get_logger

if TYPE_CHECKING:
    from kontor.app.house import House

_IDLE_S: Final = 0.1
_IDLE_MAX_S: Final = 1.0  # asking for work costs; whoever found none several times asks less often
_TROUBLE_S: Final = 1.0
_REPLAY_EVERY_S: Final = 10.0
_log: Final = get_logger("app")


def run_web(settings: Settings) -> None:
    """Serve HTTP until SIGTERM. Granian keeps the wanted number of workers alive."""
    from granian import Granian  # only this role needs it
    from granian.constants import HTTPModes, Interfaces

    from kontor.app.web import ENDS

    die_with_parent()
    require_free(settings.http)
    os.environ.update(as_environment(settings))
    os.register_at_fork(after_in_child=_end_by_signals)
    host, port = parse_address(settings.http)
    server = Granian(
        "kontor.app.web:make_application",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=max(1, settings.counts["web"]),
        respawn_failed_workers=True,
        workers_kill_timeout=30,
        log_enabled=False,
    )
    interrupt = server.signal_handler_interrupt

    def end(*args: object) -> None:
        """Told before the parent waits for its workers: lines that stay open would hold them up."""
        ENDS.set()
        interrupt(*args)  # type: ignore[no-untyped-call] # Granian types little

    server.signal_handler_interrupt = end  # type: ignore[method-assign] # Granian has no call for it
    server.serve()


def _end_by_signals() -> None:
    """Let a signal end this process. A worker inherits its parent's handlers, which end nothing in it.

    Once it has loaded, Granian gives it handlers that drain.
    """
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)


def run_dimse(settings: Settings, inherited: int | None) -> None:
    """Serve DICOM associations until SIGTERM, then drain."""
    from kontor.doors.dimse import DimseServer, DimseSettings  # only this role needs it

    if inherited is not None:
        die_with_parent()
    listening = listen(settings.dimse) if inherited is None else socket.socket(fileno=inherited)
    house = build_house(settings)
    prepare_installation(house)
    replay_what_was_left(house)
    server = DimseServer(
        listening,
        house.archive,
        house.access,
        DimseSettings(
            ae_title=settings.ae_title,
            max_pdu_bytes=settings.max_pdu_bytes,
            max_associations=settings.max_associations,
            max_associations_per_peer=settings.max_associations_per_peer,
            artim_s=settings.artim_s,
            network_timeout_s=settings.network_timeout_s,
        ),
    )
    freeze_what_stays()
    server.run(_stop_on_signals())
    house.close()


def run_worker(settings: Settings, *, has_parent: bool = False) -> None:
    """Follow the journal, do jobs, admit what dead processes left, and anchor the audit, until SIGTERM."""
    if has_parent:
        die_with_parent()
    house = build_house(settings)
    prepare_installation(house)
    stop = _stop_on_signals()
    threads = [threading.Thread(target=_repeat, args=(act, stop)) for act in _work(house)]
    freeze_what_stays()
    for thread in threads:
        thread.start()
    looked_at_all = False
    while not stop.wait(_REPLAY_EVERY_S):
        looked_at_all = replay_what_was_left(house, everything=not looked_at_all) or looked_at_all
        note_audit(house)
    for thread in threads:
        thread.join()
    house.close()


def _work(house: House) -> list[Callable[[], bool]]:
    from kontor.archive import followers, job_handlers  # only this role needs it
    from kontor.platform.jobs import JobRunner
    from kontor.platform.journal import follow
    from kontor.reading import claim_jobs

    following = [
        follow(house.database, name, kinds, handler, clock=house.clock)
        for name, kinds, handler in followers(house.archive)
    ]
    runner = JobRunner(house.database, house.clock, {**job_handlers(house.archive), **claim_jobs(house.archive)})
    return [*(lambda f=f: f.run_once() > 0 for f in following), runner.run_once]


def _repeat(act: Callable[[], bool], stop: threading.Event) -> None:
    idle_s = _IDLE_S
    while not stop.is_set():
        try:
            worked = act()
        except Exception as error:  # noqa: BLE001 # a worker outlives a lost database and tries again
            _log.warning("work interrupted", error=type(error).__name__, detail=str(error)[:200])
            stop.wait(_TROUBLE_S)
            continue
        if worked:
            idle_s = _IDLE_S
        else:
            stop.wait(idle_s)
            idle_s = min(2 * idle_s, _IDLE_MAX_S)


def replay_what_was_left(house: House, *, everything: bool = True) -> bool:
    """Admit what a dead process received and did not admit. No trouble with it ends a role: it is tried again later.

    Returns:
        Whether it was done. Once it was done with `everything`, a role needs to look only at what is not closed.
    """
    from kontor.archive import replay  # only roles that receive need it

    try:
        replay(house.archive, everything=everything)
    except Exception as error:  # noqa: BLE001 # what cannot be replayed now must not keep others from being received
        _log.warning("replay postponed", error=type(error).__name__, detail=str(error)[:200])
        return False
    return True


def _stop_on_signals() -> threading.Event:
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop
