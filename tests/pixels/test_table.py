"""docs/pixels.md names every case as it is now; its figures are renewed by `python -m tests.pixels.table`."""

from __future__ import annotations

from tests.pixels.corpus import cases
from tests.pixels.table import HEAD, PAGE, row


def test_the_page_has_a_line_for_each_case_and_its_own_head() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page.startswith(HEAD)
    lines = page.removeprefix(HEAD).splitlines()
    assert [line.split(" | ")[:4] for line in lines] == [row(case, 0, 0, 0, "").split(" | ")[:4] for case in cases()]


def test_the_servers_column_says_what_its_test_allows() -> None:
    lines = PAGE.read_text(encoding="utf-8").removeprefix(HEAD).splitlines()
    for line, case in zip(lines, cases(), strict=True):
        assert int(line.split(" | ")[4]) <= case.tolerance, line
