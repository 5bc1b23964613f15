"""All cases; `python -m tests.pixels.corpus FOLDER` writes their files, expected pictures and an index.

The folder then holds `<number>.dcm`, `<number>.png` (8 bit grey or RGB) and `index.json`: name, note, file, picture,
study, series, instance, syntax, frame, tolerance of each.
"""

from __future__ import annotations

import json
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

from PIL import Image

from tests.pixels.case import Case
from tests.pixels.colour_cases import colour_cases
from tests.pixels.graphic_cases import graphic_cases
from tests.pixels.reference import Picture, picture
from tests.pixels.stored_cases import stored_cases
from tests.pixels.syntax_cases import syntax_cases
from tests.pixels.window_cases import value_cases


def cases() -> list[Case]:
    """The made cases, in the order of the table."""
    return [*syntax_cases(), *value_cases(), *stored_cases(), *colour_cases(), *graphic_cases()]


@lru_cache(maxsize=512)
def expected(case: Case) -> Picture:
    """The reference's picture of a case."""
    return picture(case.dataset(), case.frame)


def write(folder: Path, chosen: list[Case]) -> list[dict[str, Any]]:
    """Write files, pictures and the index of these cases; return the index."""
    folder.mkdir(parents=True, exist_ok=True)
    index = []
    for number, case in enumerate(chosen):
        (folder / f"{number:03}.dcm").write_bytes(case.file())
        Image.fromarray(expected(case)).save(folder / f"{number:03}.png")
        index.append(
            {
                "name": case.name, "note": case.note, "file": f"{number:03}.dcm", "picture": f"{number:03}.png",
                "study": case.study, "series": case.series, "instance": case.instance, "syntax": case.syntax,
                "frame": case.frame, "tolerance": case.tolerance,
            }
        )  # fmt: skip
    (folder / "index.json").write_text(json.dumps(index, indent=1, ensure_ascii=False), encoding="utf-8")
    return index


if __name__ == "__main__":
    print(len(write(Path(sys.argv[1]), cases())), "cases")
