"""Cases that the browser client does not draw like the reference yet; each goes when the client learns it."""

from __future__ import annotations

from typing import Final

CLIENT_LACKS: Final = frozenset(
    {
        "big endian, 8 bit in OW",
        "deflated frame",
        "LINEAR, width under 1",
        "LINEAR_EXACT",
        "fractional window",
        "fractional slope",
        "float",
        "supplemental palette, COLOR",
        "supplemental palette, MIXED",
        "supplemental palette, MONOCHROME1",
        "overlay",
        "overlay, odd origin",
        "overlay, origin below 1",
        "overlay beyond the picture",
        "overlays, two groups",
        "overlay, MONOCHROME1",
        "overlay on colour",
        "overlay, region of interest",
        "overlay frames, frame 3",
        "one overlay for all frames",
        "overlay in unused bits",
        "overlay without pixels",
        "shutter, rectangular",
        "shutter, circular",
        "shutter, polygonal",
        "shutters, all three",
        "shutter, presentation value",
        "shutter, MONOCHROME1",
        "shutter, beyond the picture",
        "shutter, anisotropic pixels",
        "shutter per frame, frame 1",
        "shutter per frame, frame 2",
        "shutter and overlay",
        "shutter on colour",
    }
)
