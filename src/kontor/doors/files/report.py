"""What an import did, and why something was not taken."""

from __future__ import annotations

from dataclasses import dataclass, field


class FileRefusal(Exception):
    """A file, member or archive is not taken. `code` is stable, `reason` is a sentence's part for a person."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(f"{code}: {reason}")
        self.code = code
        self.reason = reason


@dataclass(slots=True)
class ImportReport:
    """Counts of one import: objects by what became of them, and files that were refused."""

    new: int = 0
    repeated: int = 0
    variants: int = 0
    refused: int = 0
    studies: set[str] = field(default_factory=set)

    def summary(self) -> str:
        """A sentence for a person."""
        return (
            f"{self.new} stored, {self.repeated} already there, {self.variants} kept as variants, "
            f"{self.refused} refused; {len(self.studies)} studies."
        )


def printable(name: str) -> str:
    """A name from outside as one line of text: nothing in it moves a cursor or begins another line."""
    text = name.encode("utf-8", "backslashreplace").decode()
    return "".join(sign if sign.isprintable() else f"\\x{ord(sign):02x}" for sign in text)
