"""An object that no bound foresaw: the database itself refuses one of its values."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

import pytest

from kontor.archive import Receipt, study_rows

POISON: Final = "poison"


@pytest.fixture
def poisonous(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Values that no bound foresaw: studies described as POISON get a number that neither engine has a column for."""
    describe: Callable[[Receipt], dict[str, object]] = study_rows._description

    def poisoned(receipt: Receipt) -> dict[str, object]:
        poison = receipt.header.study.description == POISON
        return {**describe(receipt), **({"described_at": 1 << 70} if poison else {})}

    monkeypatch.setattr(study_rows, "_description", poisoned)
    yield monkeypatch
    monkeypatch.undo()
