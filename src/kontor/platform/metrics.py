"""Prometheus metrics over all processes of a machine. Label values come from closed lists, never from the wire."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest, multiprocess

_FOLDER_VARIABLE: Final = "PROMETHEUS_MULTIPROC_DIR"
_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)

objects_received: Final = Counter("kontor_objects_received", "Objects durable in a segment", ["door"])
bytes_received: Final = Counter("kontor_bytes_received", "Bytes of received data sets", ["door"])
objects_refused: Final = Counter("kontor_objects_refused", "Objects refused", ["door", "reason"])
objects_admitted: Final = Counter("kontor_objects_admitted", "Objects admitted to the index", ["outcome"])
reception_seconds: Final = Histogram("kontor_reception_seconds", "First byte to durable", ["door"], buckets=_SECONDS)
admission_seconds: Final = Histogram("kontor_admission_seconds", "Durable to indexed", buckets=_SECONDS)
associations: Final = Gauge("kontor_associations", "Open associations", multiprocess_mode="livesum")
associations_refused: Final = Counter("kontor_associations_refused", "Associations refused", ["reason"])
requests: Final = Counter("kontor_http_requests", "HTTP requests", ["door", "status"])
request_seconds: Final = Histogram(
    "kontor_http_request_seconds", "Time to the answer's end", ["door"], buckets=_SECONDS
)
jobs_finished: Final = Counter("kontor_jobs_finished", "Jobs ended", ["outcome"])
follower_lag: Final = Gauge("kontor_follower_lag", "Entries after the cursor", ["follower"], multiprocess_mode="max")
entries_parked: Final = Gauge("kontor_entries_parked", "Entries set aside", multiprocess_mode="max")
codec_children_replaced: Final = Counter("kontor_codec_children_replaced", "Codec children killed or crashed")
free_bytes: Final = Gauge("kontor_store_free_bytes", "Free bytes of the blob store", multiprocess_mode="min")


def prepare_metrics_folder(folder: Path) -> None:
    """Empty the folder that the processes of one start share. Called once, before any of them is started."""
    folder.mkdir(parents=True, exist_ok=True)
    for left_over in folder.glob("*.db"):
        left_over.unlink()
    os.environ[_FOLDER_VARIABLE] = str(folder)


def metric_text() -> bytes:
    """Return all metrics of this start's processes in Prometheus' text format."""
    if _FOLDER_VARIABLE not in os.environ:
        return generate_latest()
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call] # prometheus_client leaves it untyped
    return generate_latest(registry)
