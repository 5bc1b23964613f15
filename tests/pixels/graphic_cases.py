"""What lies above the pixels: overlay planes and shutters (clinical rules 47 to 49)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
from pydicom.dataset import Dataset

from tests.pixels.case import Case, item
from tests.pixels.making import CT, DX, ENHANCED_XA, MULTI_BYTE, SECONDARY, US, XA, Cells, body, colours, image

GREY: Final[dict[str, Any]] = {"WindowCenter": 128, "WindowWidth": 256}
ALONE: Final[dict[str, Any]] = {"without_dcmtk": "no shutters of images"}


def letter(rows: int = 20, columns: int = 25) -> Cells:
    """An L with a frame: shows when it is flipped, turned or shifted."""
    plane = np.zeros((rows, columns), np.uint8)
    plane[[0, -1], :] = plane[:, [0, -1]] = 1
    plane[4:-4, 4:7] = 1
    plane[-7:-4, 4:-5] = 1
    return plane


def overlay(made: Dataset, group: int, planes: Cells, origin: tuple[int, int] | None = (1, 1), **more: Any) -> Dataset:
    """An overlay plane of its own group; `planes` is one plane or one a frame, `origin` row and column from 1."""
    first = planes if planes.ndim == 2 else planes[0]
    made.add_new(group << 16 | 0x0010, "US", first.shape[0])
    made.add_new(group << 16 | 0x0011, "US", first.shape[1])
    if planes.ndim == 3:
        made.add_new(group << 16 | 0x0015, "IS", planes.shape[0])
    made.add_new(group << 16 | 0x0040, "CS", more.get("kind", "G"))
    if origin is not None:
        made.add_new(group << 16 | 0x0050, "SS", list(origin))
    if "frame" in more:
        made.add_new(group << 16 | 0x0051, "US", more["frame"])
    made.add_new(group << 16 | 0x0100, "US", 1)
    made.add_new(group << 16 | 0x0102, "US", 0)
    packed = np.packbits(planes.ravel(), bitorder="little").tobytes()
    made.add_new(group << 16 | 0x3000, "OW", packed + b"\0" * (len(packed) % 2))
    return made


def grey(**more: Any) -> Dataset:
    """What lies below."""
    return image(body("u1", 200), **(GREY | more))


def several() -> Dataset:
    """Two groups, one of them over all of the picture."""
    whole = np.zeros((64, 80), np.uint8)
    whole[::8, ::3] = 1
    return overlay(overlay(grey(), 0x6000, whole), 0x601E, letter(), (30, 50))


def frames_of(count: int) -> Dataset:
    """Frames of 8 bits."""
    cells = np.stack([np.roll(body("u1", 200), 11 * shift, 0) for shift in range(count)])
    return image(cells, sop_class=MULTI_BYTE, frames=count, **GREY)


def moving(count: int) -> Cells:
    """A letter that is elsewhere in each plane of 64 by 80."""
    planes = np.zeros((count, 64, 80), np.uint8)
    for number in range(count):
        planes[number, 5 + 8 * number : 25 + 8 * number, 3 + 9 * number : 28 + 9 * number] = letter()
    return planes


def embedded(**more: Any) -> Dataset:
    """An overlay in bit 12 of cells whose 12 stored bits lie below it (retired, and found in old archives)."""
    plane = np.zeros((64, 80), np.uint16)
    plane[10:30, 40:65] = letter()
    made = image((body() | plane << 12).astype("<u2"), sop_class=CT, BitsStored=12, WindowCenter=2048,
                 WindowWidth=4096, **more)  # fmt: skip
    for number, vr, value in ((0x10, "US", 64), (0x11, "US", 80), (0x40, "CS", "G"), (0x50, "SS", [1, 1]),
                              (0x100, "US", 16), (0x102, "US", 12)):  # fmt: skip
        made.add_new(0x60000000 | number, vr, value)
    return made


def without_pixels() -> Dataset:
    """An overlay and no pixel data (rule 48)."""
    plane = np.zeros((64, 80), np.uint8)
    plane[10:30, 20:45] = letter()
    made = overlay(grey(), 0x6000, plane)
    del made.PixelData
    return made


def overlay_cases() -> Iterator[Case]:
    """Overlay planes are white and lie above everything, the shutter included."""
    yield Case("overlay", "origin 1\\1, smaller than the picture", lambda: overlay(grey(), 0x6000, letter()))
    yield Case("overlay, odd origin", "17\\23, width no multiple of 8", lambda: overlay(
        grey(), 0x6002, letter(19, 21), (17, 23)))  # fmt: skip
    yield Case("overlay, origin below 1", "−4\\0: cut at the edge", lambda: overlay(
        grey(), 0x6000, letter(), (-4, 0)))  # fmt: skip
    yield Case("overlay beyond the picture", "cut at right and below", lambda: overlay(
        grey(), 0x6000, letter(), (55, 70)))  # fmt: skip
    yield Case("overlays, two groups", "6000 and 601E", several)
    yield Case("overlay, MONOCHROME1", "white, not inverted", lambda: overlay(
        grey(PhotometricInterpretation="MONOCHROME1"), 0x6000, letter(), (20, 20)))  # fmt: skip
    yield Case("overlay on colour", "white on RGB", lambda: overlay(
        image(colours(), sop_class=US), 0x6000, letter(), (20, 20)), without_dcmtk="no overlays on colour")  # fmt: skip
    yield Case("overlay, region of interest", "type R is drawn too", lambda: overlay(
        grey(), 0x6000, letter(), (20, 20), kind="R"), without_dcmtk="type R changes greys")  # fmt: skip
    for frame in (0, 2):
        yield Case(f"overlay frames, frame {frame + 1}", "three planes for frames 2 to 4", lambda: overlay(
            frames_of(4), 0x6000, moving(3), frame=2), frame)  # fmt: skip
    yield Case("one overlay for all frames", "no frame is named: it lies on each", lambda: overlay(
        frames_of(3), 0x6000, letter(), (9, 9)), 2)  # fmt: skip
    yield Case("overlay in unused bits", "bit 12 of Pixel Data (rule 47)", embedded)
    yield Case("overlay without pixels", "drawn on black (rule 48)", without_pixels, without_dcmtk="needs pixels")


def shutter(made: Dataset, *shapes: str, value: int | None = None, **more: Any) -> Dataset:
    """Shutters of these shapes; `value` is a P-value of 16 bit."""
    made.ShutterShape = list(shapes)
    if "RECTANGULAR" in shapes:
        made.ShutterLeftVerticalEdge, made.ShutterRightVerticalEdge = more.get("columns", (11, 66))
        made.ShutterUpperHorizontalEdge, made.ShutterLowerHorizontalEdge = more.get("rows", (6, 57))
    if "CIRCULAR" in shapes:
        made.CenterOfCircularShutter, made.RadiusOfCircularShutter = (
            more.get("centre", [33, 38]),
            more.get("radius", 25),
        )
    if "POLYGONAL" in shapes:
        made.VerticesOfThePolygonalShutter = more.get("vertices", [5, 40, 30, 75, 60, 60, 45, 38, 58, 9, 20, 4])
    if value is not None:
        made.ShutterPresentationValue = value
    return made


def xray(**more: Any) -> Dataset:
    """An angiogram's frame."""
    return image(body("u1", 220), sop_class=XA, **(GREY | more))


def per_frame_shutters() -> Dataset:
    """Enhanced angiography: another shutter on each frame."""
    groups = [
        item(FrameDisplayShutterSequence=[shutter(Dataset(), "CIRCULAR", value=8000, radius=radius)])
        for radius in (20, 30)
    ]
    return image(np.stack([body("u1", 220)] * 2), sop_class=ENHANCED_XA, frames=2,
                 PerFrameFunctionalGroupsSequence=groups, **GREY)  # fmt: skip


def shutter_cases() -> Iterator[Case]:
    """Only what lies inside all shapes is shown."""
    yield Case("shutter, rectangular", "edges belong to the picture", lambda: shutter(xray(), "RECTANGULAR"), **ALONE)
    yield Case("shutter, circular", "centre row\\column", lambda: shutter(xray(), "CIRCULAR"), **ALONE)
    yield Case("shutter, polygonal", "a concave polygon, closed by itself", lambda: shutter(
        xray(), "POLYGONAL"), **ALONE)  # fmt: skip
    yield Case("shutters, all three", "what is inside all, white outside", lambda: shutter(
        xray(), "RECTANGULAR", "CIRCULAR", "POLYGONAL", value=65535), **ALONE)  # fmt: skip
    yield Case("shutter, presentation value", "P-value 20200 is level 79", lambda: shutter(
        xray(), "CIRCULAR", value=20200), **ALONE)  # fmt: skip
    yield Case("shutter, MONOCHROME1", "the fill is a P-value: not inverted", lambda: shutter(
        xray(PhotometricInterpretation="MONOCHROME1"), "RECTANGULAR", value=10000), **ALONE)  # fmt: skip
    yield Case("shutter, beyond the picture", "a centre outside, edges beyond", lambda: shutter(
        xray(), "CIRCULAR", "RECTANGULAR", centre=[-6, 100], radius=60, columns=(-5, 120), rows=(0, 60)),
        **ALONE)  # fmt: skip
    yield Case("shutter, anisotropic pixels", "radius in columns: a circle on the screen", lambda: shutter(
        image(body("u1", 220), sop_class=DX, ImagerPixelSpacing=[0.4, 0.2], **GREY), "CIRCULAR"), **ALONE)  # fmt: skip
    for frame in (0, 1):
        yield Case(f"shutter per frame, frame {frame + 1}", "Frame Display Shutter Sequence",
                   per_frame_shutters, frame, **ALONE)  # fmt: skip
    yield Case("shutter and overlay", "the overlay lies above the shutter", lambda: overlay(
        shutter(xray(), "RECTANGULAR", value=30000), 0x6000, letter(), (1, 1)), **ALONE)  # fmt: skip
    yield Case("shutter on colour", "grey outside", lambda: shutter(
        image(colours(), sop_class=SECONDARY), "CIRCULAR", value=30000), **ALONE)  # fmt: skip


def graphic_cases() -> Iterator[Case]:
    """All of them."""
    yield from overlay_cases()
    yield from shutter_cases()
