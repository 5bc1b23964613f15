"""What /api/v1/imports gives back."""

from __future__ import annotations

from typing import Literal

import msgspec

ImportedAs = Literal["new", "repeated", "variant", "refused"]


class ImportedFile(msgspec.Struct, frozen=True):
    """What became of one part of the request. `code` is set for what was refused; `study` for what is kept."""

    outcome: ImportedAs
    code: str = ""
    study_instance_uid: str = ""


class ImportAnswer(msgspec.Struct, frozen=True):
    """One entry a part, in the order of the parts. What is not said to be kept here must be sent again."""

    files: list[ImportedFile]
