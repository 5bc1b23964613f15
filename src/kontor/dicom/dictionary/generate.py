"""Writes the dictionary's data files from pydicom's tables: `python -m kontor.dicom.dictionary.generate`.

pydicom 3.0 follows PS3.6 edition 2024c. What later editions added and archives already meet is listed by hand
in `LATER_UIDS`; a newer pydicom makes an entry of that list redundant, never wrong.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pydicom
from pydicom._dicom_dict import DicomDictionary, RepeatersDictionary
from pydicom._private_dict import private_dictionaries
from pydicom._uid_dict import UID_dictionary

EDITION: Final = "2024c"
HERE: Final = Path(__file__).parent

# (name, type, info, retired, keyword), as pydicom keeps them; PS3.6 editions 2024d to 2025c.
LATER_UIDS: Final = {
    "1.2.840.10008.1.2.8.1": ("Deflated Image Frame Compression", "Transfer Syntax", "", "", "DeflatedImageFrame"),
    "1.2.840.10008.1.2.4.110": ("JPEG XL Lossless", "Transfer Syntax", "", "", "JPEGXLLossless"),
    "1.2.840.10008.1.2.4.111": ("JPEG XL JPEG Recompression", "Transfer Syntax", "", "", "JPEGXLJPEGRecompression"),
    "1.2.840.10008.1.2.4.112": ("JPEG XL", "Transfer Syntax", "", "", "JPEGXL"),
    "1.2.840.10008.5.1.4.1.1.66.7": (
        "Label Map Segmentation Storage",
        "SOP Class",
        "",
        "",
        "LabelMapSegmentationStorage",
    ),
    "1.2.840.10008.5.1.4.1.1.66.8": (
        "Height Map Segmentation Storage",
        "SOP Class",
        "",
        "",
        "HeightMapSegmentationStorage",
    ),
}


def write_table(name: str, columns: str, rows: Iterable[Iterable[str]]) -> None:
    """Write one tab separated file; its first line names the edition, its second the columns."""
    head = f"# DICOM PS3.6 edition {EDITION} by pydicom {pydicom.__version__}; made by generate.py, do not edit"
    lines = [head, columns.replace(" ", "\t"), *("\t".join(row) for row in rows)]
    (HERE / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Write elements.tsv, uids.tsv and private.tsv beside this script."""
    elements = [(f"{tag:08X}", entry) for tag, entry in sorted(DicomDictionary.items())]
    elements += sorted(RepeatersDictionary.items())
    write_table(
        "elements.tsv",
        "tag vr vm keyword retired name",
        ((tag, vr, vm, keyword, retired, name) for tag, (vr, vm, name, retired, keyword) in elements),
    )
    uids = {**LATER_UIDS, **UID_dictionary}
    write_table(
        "uids.tsv",
        "uid type keyword retired name",
        ((uid, kind, keyword, retired, name) for uid, (name, kind, _, retired, keyword) in sorted(uids.items())),
    )
    write_table(
        "private.tsv",
        "creator tag vr vm name",
        (
            (creator, tag, vr, vm, name)
            for creator, entries in sorted(private_dictionaries.items())
            for tag, (vr, vm, name, _) in sorted(entries.items())
        ),
    )


if __name__ == "__main__":
    main()
