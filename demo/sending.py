"""Sends the samples over DICOM, as a modality would: with DCMTK's storescu where it is installed, else pynetdicom."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from pydicom import dcmread
from pydicom.uid import UID

# How storescu is told to propose what a file is encoded in.
_OPTIONS: Final = {
    "1.2.840.10008.1.2": "-xi",
    "1.2.840.10008.1.2.1": "-xe",
    "1.2.840.10008.1.2.4.50": "-xy",
    "1.2.840.10008.1.2.4.51": "-xx",
    "1.2.840.10008.1.2.4.90": "-xv",
    "1.2.840.10008.1.2.4.91": "-xw",
}


class SendingFailed(Exception):
    """An image was not accepted; the message is the sender's."""


def send(files: Sequence[Path], calling: str, called: str, host: str, port: int, say: Callable[[str], None]) -> None:
    """Send files by C-STORE, one association for each transfer syntax.

    Raises:
        SendingFailed: the receiver did not answer every image with success.
    """
    program = dcmtk_program("storescu")
    say(f"sending {len(files)} images over DICOM with {'DCMTK storescu' if program else 'pynetdicom'}")
    for syntax, group in _by_syntax(files).items():
        if program and syntax in _OPTIONS:
            command = [program, "-aet", calling, "-aec", called, "-R", _OPTIONS[syntax], host, str(port)]
            done = subprocess.run([*command, *map(str, group)], check=False, capture_output=True, text=True)
            if done.returncode != 0:
                raise SendingFailed(done.stderr.strip() or done.stdout.strip())
        else:
            _send_with_pynetdicom(group, syntax, calling, called, host, port)


def dcmtk_program(name: str) -> str | None:
    """Where DCMTK's program is. Environments of Python have some of the same name, which are pynetdicom's scripts."""
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        found = shutil.which(name, path=folder)
        if found is not None and not Path(found).read_bytes().startswith(b"#!"):
            return found
    return None


def _by_syntax(files: Sequence[Path]) -> dict[str, list[Path]]:
    groups: dict[str, list[Path]] = defaultdict(list)
    for path in files:
        groups[str(dcmread(path, specific_tags=["SOPClassUID"]).file_meta.TransferSyntaxUID)].append(path)
    return groups


def _send_with_pynetdicom(files: Sequence[Path], syntax: str, calling: str, called: str, host: str, port: int) -> None:
    from pynetdicom import AE

    entity = AE(ae_title=calling)
    for class_uid in sorted({str(dcmread(path, specific_tags=["SOPClassUID"]).SOPClassUID) for path in files}):
        entity.add_requested_context(UID(class_uid), UID(syntax))
    association = entity.associate(host, port, ae_title=called)
    if not association.is_established:
        raise SendingFailed(f"{called} at {host}:{port} did not accept an association")
    try:
        for path in files:
            status = association.send_c_store(dcmread(path))
            if not status or status.Status not in {0x0000, 0xB000}:
                raise SendingFailed(f"{path.name}: {status}")
    finally:
        association.release()
