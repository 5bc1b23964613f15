"""Open variants of a study are counted exactly, also when one is closed while another comes."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import text

from kontor.archive import examine
from kontor.archive.admission import admit_in
from kontor.archive.study_rows import count_variants
from kontor.platform.database import Database, WriteTransaction
from tests.archive.objects import archive_on, dataset

_WAITING = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()")


def test_counting_does_not_miss_a_variant_that_is_committed_meanwhile(engine: Database) -> None:
    desk = archive_on(engine)
    desk.bring(dataset("1"), dataset("1", pixels=b"\1" * 32))
    another = desk.receive(dataset("1", pixels=b"\2" * 32))
    ((study_id,),) = desk.rows("study", "id")
    admitted, go_on = threading.Event(), threading.Event()

    def keep_another(tx: WriteTransaction) -> None:
        admit_in(tx, desk.archive, [another], [])
        admitted.set()
        assert go_on.wait(60)

    def count(tx: WriteTransaction) -> None:
        count_variants(tx, desk.scope.org_id, int(str(study_id)))

    with ThreadPoolExecutor(2) as threads:
        keeping = threads.submit(engine.write, keep_another)
        assert admitted.wait(60)
        counting = threads.submit(engine.write, count)
        while engine.dialect.name == "postgresql" and not engine.read(lambda tx: tx.scalar(_WAITING)):
            pass  # until the count waits for the row
        go_on.set()
        keeping.result(60)
        counting.result(60)
    assert desk.rows("study", "open_variants") == [(2,)]
    assert examine(desk.archive) == []
