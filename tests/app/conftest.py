"""What starts in this process leaves nothing behind for the tests after it."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def own_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    """A start names the folder of its figures in the environment; that name ends with the test."""
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", "")
    monkeypatch.delenv("PROMETHEUS_MULTIPROC_DIR")
