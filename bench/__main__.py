"""`make bench`: every benchmark, then the page that is made of their figures."""

from __future__ import annotations

import runpy
import sys

from bench.report import write_report

PARTS = ("bench.ingest", "bench.memory", "bench.query", "bench.viewer", "bench.viewer.memory")


def main() -> int:
    """Run the parts named on the command line, or all; write `docs/performance.md`."""
    for part in [f"bench.{name}" for name in sys.argv[1:]] or PARTS:
        print(f"── {part}", flush=True)
        sys.argv = [part]
        try:
            runpy.run_module(part, run_name="__main__", alter_sys=True)
        except SystemExit as end:
            if end.code:
                raise
    print(f"── {write_report()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
