"""Figures as they are kept: medians and spreads of interleaved rounds, as JSON that the documents are made from."""

from __future__ import annotations

import json
import os
import platform
import statistics
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

RESULTS: Final = Path(__file__).parent / "results"


def summary(values: Sequence[float]) -> dict[str, float]:
    """Median and spread of one figure's rounds."""
    return {"median": statistics.median(values), "least": min(values), "most": max(values), "rounds": len(values)}


def keep(name: str, figures: Mapping[str, object]) -> Path:
    """Write one benchmark's figures with what machine they are from."""
    RESULTS.mkdir(exist_ok=True)
    machine = {
        "cores": os.cpu_count(),
        "system": platform.system(),
        "python": platform.python_version(),
        "load_at_end": round(os.getloadavg()[1], 1),  # five minutes' average: well above `cores`, others were at work
    }
    path = RESULTS / f"{name}.json"
    path.write_text(json.dumps({"name": name, "machine": machine, **figures}, indent=1) + "\n")
    return path
