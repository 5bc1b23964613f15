"""Where the wider sample files are, when they lie beside the clone. Tests must also pass without them."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1].parent / "shared" / "data"


def shared_root() -> Path | None:
    """The folder of sample files, or None in a newcomer's clone."""
    return ROOT if (ROOT / "expected.tsv").is_file() else None


def shared_files() -> list[Path]:
    """Every sample file that `expected.tsv` names; empty when the folder is absent."""
    return [ROOT / row["path"] for row in expectations().values()]


def expectations() -> Mapping[str, dict[str, str]]:
    """Rows of `expected.tsv` by path: what an honest archive must do with each file."""
    if shared_root() is None:
        return {}
    with (ROOT / "expected.tsv").open(newline="", encoding="utf-8") as table:
        return {row["path"]: row for row in csv.DictReader(table, delimiter="\t")}
