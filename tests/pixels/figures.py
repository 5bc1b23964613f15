"""What the browser test measured, kept for the table until the next run: largest difference by case, by column."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
FIGURES: Final = ROOT / ".cache" / "pixels"


def note_figures(column: str, figures: dict[str, int | None]) -> None:
    """Keep one column; None where nothing was drawn."""
    FIGURES.mkdir(parents=True, exist_ok=True)
    (FIGURES / f"{column}.json").write_text(json.dumps(figures, indent=1, ensure_ascii=False), encoding="utf-8")


def noted_figures(column: str) -> dict[str, int | None]:
    """The column of the last run; empty when there was none."""
    path = FIGURES / f"{column}.json"
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}
