"""Cases that the browser client does not draw like the reference yet; each goes when the client learns it."""

from __future__ import annotations

from typing import Final

CLIENT_LACKS: Final[frozenset[str]] = frozenset()
