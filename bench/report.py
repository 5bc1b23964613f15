"""`docs/performance.md`, made from `bench/results/*.json` and from nothing else."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, Final

from bench.figures import RESULTS

PAGE: Final = Path(__file__).resolve().parents[1] / "docs" / "performance.md"
_CASES: Final = {
    "ct_one_association": "CT, 0.5 MB, one association",
    "ct_four_associations": "CT, 0.5 MB, four associations",
    "small_one_association": "MR, 9 kB, one association",
    "small_sender_with_nagle": "MR, 9 kB, sender leaves Nagle on",
}


def write_report() -> Path:
    """Write the page and return its path."""
    PAGE.write_text(performance_page())
    return PAGE


def performance_page() -> str:
    """The page as it follows from the figures that were kept."""
    parts = [_HEAD]
    for name, section in (("ingest", _ingest), ("memory", _memory), ("viewer", _viewer), ("viewer-memory", _cases)):
        figures = _figures(name)
        if figures:
            parts.append(section(figures))
    parts += [_query(path.stem.partition("-")[2], figures) for path, figures in _query_figures()]
    if len(parts) == 1:
        parts.append("No figures have been kept yet: run `make bench` on a machine that does nothing else.\n")
    return "\n".join(parts)


_HEAD: Final = """# Performance

Made by `make bench` from `bench/results`; nothing here is written by hand. A rate is compared with a peer in the same
run, rounds interleaved; medians, with least and most in brackets. Absolute numbers belong to the machine they are from.
"""


def _figures(name: str) -> dict[str, Any] | None:
    path = RESULTS / f"{name}.json"
    return json.loads(path.read_text()) if path.is_file() else None


def _query_figures() -> list[tuple[Path, dict[str, Any]]]:
    return [(path, json.loads(path.read_text())) for path in sorted(RESULTS.glob("query-*.json"))]


def _machine(figures: dict[str, Any]) -> str:
    machine = figures["machine"]
    return f"{machine['cores']} cores, {machine['system']}, Python {machine['python']}"


_VISITS: Final = {
    "direct_100": "100 slices, same machine",
    "direct_2000": "2,000 slices, same machine",
    "line_100": "100 slices, 30 Mbit/s and 30 ms",
}


def _viewer(figures: dict[str, Any]) -> str:
    lines = [
        "## Waiting for images",
        "",
        f"`python -m bench viewer`, {_machine(figures)}, software graphics. From navigation in a fresh browser until a",
        "picture of the screen correlates 0.98 with the slice that the viewer opens at, and until the pixels",
        "of the first 100 slices have come. OHIF as its package ships it, behind nginx, on Orthanc with DICOMweb.",
        "",
        "| case | first image, Kontor | OHIF | share | all slices, Kontor | OHIF | share |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for case, values in figures["cases"].items():
        cells = [cell for what in ("first", "all") for cell in _visit_cells(values, what)]
        lines.append(f"| {_VISITS[case]} | {' | '.join(cells)} |")
    return "\n".join([*lines, ""])


def _visit_cells(values: dict[str, Any], what: str) -> list[str]:
    times, share = values[f"{what}_ms"], values.get(f"{what}_share_of_peer")
    told = [f"{_spread(times[name])} ms" if name in times else "not reached" for name in ("kontor", "ohif")]
    return [*told, f"{share:.2f}" if share is not None else "–"]


def _ingest(figures: dict[str, Any]) -> str:
    lines = [
        "## Taking in over DICOM",
        "",
        f"`python -m bench ingest`, {_machine(figures)}. Sender: DCMTK storescu. Orthanc is Debian's and",
        "does not sync; Kontor syncs every object before it answers. The ceiling is our own reading loop that writes",
        "and syncs but neither parses nor indexes, in one process: it bounds one association.",
        "",
        "| case | Kontor, instances/s | Orthanc | ceiling | Kontor : Orthanc | Kontor : ceiling |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for case, values in figures["cases"].items():
        rates = values["instances_per_second"]
        cells = " | ".join(_spread(rates[name]) for name in ("kontor", "orthanc", "ceiling"))
        share = f"{values['share_of_ceiling']:.2f}" if "share_of_ceiling" in values else "–"
        ratios = f"{values['ratio_to_orthanc']:.2f} | {share}"
        lines.append(f"| {_CASES[case]} | {cells} | {ratios} |")
    return "\n".join([*lines, ""])


def _memory(figures: dict[str, Any]) -> str:
    added = figures["added_mib"]
    return "\n".join(
        [
            "## Memory of one huge object",
            "",
            f"`python -m bench memory`, {_machine(figures)}. One multi-frame object of",
            f"{figures['object_bytes'] / 1e9:.2f} GB adds {added['receive']:.0f} MiB while it is received, settled and",
            f"drawn small, and {added['serve']:.0f} MiB while it is served: peaks of all processes of Kontor together.",
            "",
        ]
    )


_RENDERERS: Final = {"canvas": "Canvas 2D", "webgl": "WebGL, in software"}


def _cases(figures: dict[str, Any]) -> str:
    lines = [
        "## Memory of a tab in which many cases are read",
        "",
        f"`python -m bench viewer.memory`, {_machine(figures)}. Cases of {figures['slices']} CT slices, each",
        "loaded and scrolled whole, the next one opened by its key; MiB that the process that draws the page and the",
        "one that drives the graphics have written (PSS without the browser's own files), after forced collection.",
        "",
        "| renderer | cases | page | graphics | JavaScript | nodes | listeners |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for renderer, weighed in figures["weighed"].items():
        for cases, each in weighed.items():
            sizes = " | ".join(f"{each[what]:.0f}" for what in ("renderer_mib", "gpu_mib", "heap_mib"))
            row = f"{_RENDERERS[renderer]} | {cases} | {sizes} | {each['nodes']} | {each['listeners']}"
            lines.append(f"| {row} |")
    return "\n".join([*lines, ""])


def _query(engine: str, figures: dict[str, Any]) -> str:
    lines = [
        f"## Lists of at most 100 rows at {figures['studies']:,} studies, {engine}",
        "",
        f"`python -m bench query`, {_machine(figures)}. Through HTTP, audit on, values drawn at random.",
        "",
        "| list | rows, mean | median, ms | 95th percentile, ms |",
        "| --- | ---: | ---: | ---: |",
    ]
    for name, row in figures["cases"].items():
        lines.append(f"| {name} | {row['rows']:.0f} | {row['median_ms']:.1f} | {row['p95_ms']:.1f} |")
    rate = f"{figures['queries_per_second']:.0f} queries/s"
    lines += [
        "",
        f"{figures['clients']} clients at once, on the lists that fill their page, but that of descriptions: {rate}.",
    ]
    return "\n".join([*lines, ""])


def _spread(rate: dict[str, float]) -> str:
    return f"{rate['median']:.0f} ({rate['least']:.0f}–{rate['most']:.0f})"


if __name__ == "__main__":
    print(write_report())
    sys.exit(0)
