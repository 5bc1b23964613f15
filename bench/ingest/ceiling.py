"""Our own ceiling: the same reading loop and the same synced segments, but nothing is parsed and nothing indexed."""

from __future__ import annotations

import socket
import sys
import threading
from pathlib import Path

from bench.ingest.unparsed import serve_unparsed


def main() -> None:
    """Serve until killed: `python -m bench.ingest.ceiling FOLDER PORT`."""
    folder, port = Path(sys.argv[1]), int(sys.argv[2])
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind(("127.0.0.1", port))
    listening.listen(64)
    serve_unparsed(listening, folder, threading.Event())


if __name__ == "__main__":
    main()
