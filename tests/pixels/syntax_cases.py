"""Every transfer syntax that the project decodes, grey and colour."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from pydicom.dataset import Dataset

from tests.pixels import encoders as enc
from tests.pixels.case import BIG_ENDIAN, Case
from tests.pixels.encoders import J, carry
from tests.pixels.making import CT, MR, US, body, colours, image, soft_colours, ybr_of

HU: Final[dict[str, Any]] = {
    "BitsStored": 12, "RescaleSlope": 1, "RescaleIntercept": -1024, "RescaleType": "HU",
    "WindowCenter": 400, "WindowWidth": 2600, "PixelSpacing": [0.7, 0.7],
}  # fmt: skip
NO_DECODER: Final = "no decoder"
W8: Final[dict[str, Any]] = {"WindowCenter": 128, "WindowWidth": 256}


def hounsfield(syntax: str = "1.2.840.10008.1.2.1") -> Dataset:
    """The CT of most syntaxes: 12 bits in 16, uncompressed until something is carried in it."""
    return image(body(), sop_class=CT, syntax=syntax, **HU)


def eight() -> Dataset:
    """The same body in 8 bits."""
    return image(body("u1", 255), **W8)


def colour(**more: Any) -> Dataset:
    """Colour that a lossy codec may take."""
    return image(soft_colours(), sop_class=US, **more)


def swapped() -> Dataset:
    """Words and tables of a big endian data set are swapped in Pixel Data too."""
    made = hounsfield(BIG_ENDIAN)
    made.add_new(0x7FE00010, "OW", body().astype(">u2").tobytes())
    return made


def swapped_bytes() -> Dataset:
    """8 bit cells as OW: pairs come in the order of a big endian word."""
    made = image(body("u1", 255), syntax=BIG_ENDIAN, **W8)
    made.add_new(0x7FE00010, "OW", body("u1", 255).reshape(-1).view("<u2").byteswap().tobytes())
    return made


def native_cases() -> Iterator[Case]:
    """Uncompressed data sets, and frames that are packed but not coded."""
    yield Case("implicit little endian", "12 bits in 16", lambda: hounsfield("1.2.840.10008.1.2"))
    yield Case("explicit little endian", "12 bits in 16", hounsfield)
    yield Case("explicit big endian", "words swapped", swapped)
    yield Case("big endian, 8 bit in OW", "pairs of bytes swapped", swapped_bytes)
    yield Case("deflated data set", "whole data set deflated", lambda: hounsfield("1.2.840.10008.1.2.1.99"))
    plain = body().tobytes()
    yield Case("encapsulated uncompressed", "a native frame as a fragment",
               lambda: carry(hounsfield(), enc.ENCAPSULATED, plain), without_dcmtk=NO_DECODER)  # fmt: skip
    yield Case("deflated frame", "PS3.5 A.4.13",
               lambda: carry(hounsfield(), enc.DEFLATED_FRAME, enc.deflate(plain)),
               without_dcmtk=NO_DECODER)  # fmt: skip
    yield Case("RLE, grey", "two segments", lambda: carry(hounsfield(), enc.RLE, enc.rle(body())))
    yield Case("RLE, RGB", "three segments, planes", lambda: carry(image(colours()), enc.RLE, enc.rle(colours())))
    yield Case("RLE, YBR_FULL", "stays in the stored space (rule 45)", lambda: carry(
        image(ybr_of(colours()), PhotometricInterpretation="YBR_FULL"), enc.RLE,
        enc.rle(ybr_of(colours()))))  # fmt: skip


def jpeg_cases() -> Iterator[Case]:
    """The DCT and the lossless processes."""
    yield Case("JPEG baseline, grey", "process 1", lambda: carry(eight(), J + "50", enc.jpeg(body("u1", 255))),
               tolerance=2)  # fmt: skip
    for label, sampling in (("YBR_FULL", "444"), ("YBR_FULL_422", "422"), ("YBR_FULL_422", "420")):
        yield Case(f"JPEG baseline, {label}, {sampling}", "chrominance as sampled inside (rule 44)",
                   lambda label=label, sampling=sampling: carry(
                       colour(PhotometricInterpretation=label), J + "50",
                       enc.jpeg(soft_colours(), colorspace="RGB", outcolorspace="YCBCR", subsampling=sampling)),
                   tolerance=4)  # fmt: skip
    yield Case("JPEG baseline, RGB, JFIF inside", "a JFIF marker means YBR inside (rule 44)", lambda: carry(
        colour(), J + "50", enc.jpeg(soft_colours(), colorspace="RGB", outcolorspace="YCBCR", subsampling="444")),
        tolerance=4, without_dcmtk="believes the label")  # fmt: skip
    yield Case("JPEG baseline, RGB, Adobe transform 0", "RGB inside and outside", lambda: carry(
        colour(), J + "50", with_adobe(enc.jpeg(soft_colours(), colorspace="RGB", outcolorspace="RGB"), 0)),
        tolerance=4)  # fmt: skip
    yield Case("JPEG baseline, RGB, Adobe transform 1", "the marker has the last word: YBR inside", lambda: carry(
        colour(), J + "50",
        with_adobe(enc.jpeg(soft_colours(), colorspace="RGB", outcolorspace="YCBCR", subsampling="444"), 1)),
        tolerance=4, without_dcmtk="believes the label")  # fmt: skip
    yield Case("JPEG extended, 12 bit", "process 4", lambda: carry(hounsfield(), J + "51", enc.jpeg(body())),
               tolerance=2)  # fmt: skip
    yield Case("JPEG lossless, predictor 4", "process 14",
               lambda: carry(hounsfield(), J + "57", enc.lossless_jpeg(body(), 4, 12)))  # fmt: skip
    yield Case("JPEG lossless, first order", "process 14, selection value 1",
               lambda: carry(hounsfield(), J + "70", enc.lossless_jpeg(body(), 1, 12)))  # fmt: skip
    yield Case("JPEG lossless, 16 bit signed", "two's complement in unsigned samples", lambda: carry(
        signed(), J + "70", enc.lossless_jpeg(signed_cells().view("<u2"), 1, 16)))  # fmt: skip
    yield Case("JPEG lossless, RGB", "no colour transform is known to it", lambda: carry(
        image(colours()), J + "70", enc.lossless_jpeg(colours(), 1, 8)))  # fmt: skip
    yield Case("JPEG-LS, lossless", "12 bits", lambda: carry(hounsfield(), J + "80", enc.jpeg_ls(body())))
    yield Case("JPEG-LS, lossless, RGB", "three components", lambda: carry(
        image(colours()), J + "80", enc.jpeg_ls(colours())))  # fmt: skip
    yield Case("JPEG-LS, near-lossless", "differences up to 3",
               lambda: carry(hounsfield(), J + "81", enc.jpeg_ls(body(), 3)))  # fmt: skip


def wavelet_cases() -> Iterator[Case]:
    """JPEG 2000 and its high-throughput form."""
    none: dict[str, Any] = {"without_dcmtk": NO_DECODER}
    yield Case(
        "JPEG 2000, lossless", "12 bits", lambda: carry(hounsfield(), J + "90", enc.jpeg2000(body(), 12)), **none
    )
    yield Case("JPEG 2000, lossless, signed", "sign in the code stream", lambda: carry(
        signed(), J + "90", enc.jpeg2000(signed_cells(), 16)), **none)  # fmt: skip
    yield Case("JPEG 2000, lossy", "irreversible wavelet", lambda: carry(
        hounsfield(), J + "91", enc.jpeg2000(body(), 12, lossy=True)), tolerance=1, **none)  # fmt: skip
    yield Case("JPEG 2000, YBR_RCT", "undone by the codec (rule 43)", lambda: carry(
        image(colours(), PhotometricInterpretation="YBR_RCT"), J + "90", enc.jpeg2000(colours(), 8, mct=True)),
        **none)  # fmt: skip
    yield Case("JPEG 2000, YBR_ICT", "undone by the codec (rule 43)", lambda: carry(
        colour(PhotometricInterpretation="YBR_ICT"), J + "91", enc.jpeg2000(soft_colours(), 8, mct=True, lossy=True)),
        tolerance=1, **none)  # fmt: skip
    yield Case("JPEG 2000, RGB without transform", "three components as they are", lambda: carry(
        image(colours()), J + "90", enc.jpeg2000(colours(), 8)), **none)  # fmt: skip
    yield Case("HTJ2K, lossless", "12 bits", lambda: carry(hounsfield(), J + "201", enc.htj2k(body())), **none)
    yield Case("HTJ2K, lossless, RPCL", "progression by resolution", lambda: carry(
        signed(), J + "202", enc.htj2k(signed_cells())), **none)  # fmt: skip
    yield Case("HTJ2K, lossy", "irreversible wavelet", lambda: carry(
        hounsfield(), J + "203", enc.htj2k(body(), step=0.0002)), tolerance=1, **none)  # fmt: skip
    yield Case("HTJ2K, YBR_RCT", "undone by the codec", lambda: carry(
        image(colours(), PhotometricInterpretation="YBR_RCT"), J + "201", enc.htj2k(colours(), rgb=True)),
        **none)  # fmt: skip


def jpeg_xl_cases() -> Iterator[Case]:
    """JPEG XL."""
    none: dict[str, Any] = {"without_dcmtk": NO_DECODER}
    yield Case("JPEG XL, lossless", "12 bits", lambda: carry(hounsfield(), J + "110", enc.jpeg_xl(body())), **none)
    yield Case("JPEG XL, lossless, RGB", "three components", lambda: carry(
        image(colours()), J + "110", enc.jpeg_xl(colours())), **none)  # fmt: skip
    yield Case("JPEG XL, recompressed JPEG", "a JPEG stream inside", lambda: carry(
        colour(PhotometricInterpretation="YBR_FULL_422"), J + "111",
        enc.recompressed(enc.jpeg(soft_colours(), colorspace="RGB", outcolorspace="YCBCR", subsampling="422"))),
        tolerance=4, **none)  # fmt: skip
    yield Case("JPEG XL, lossy, grey", "distance 1", lambda: carry(
        eight(), J + "112", enc.jpeg_xl(body("u1", 255), distance=1)), tolerance=2, **none)  # fmt: skip
    yield Case("JPEG XL, lossy, RGB", "distance 1", lambda: carry(
        colour(), J + "112", enc.jpeg_xl(soft_colours(), distance=1)), tolerance=4, **none)  # fmt: skip


def signed_cells() -> Any:
    """The body in Hounsfield units, 16 bits with a sign."""
    return (body("<i4") - 1024).astype("<i2")


def signed() -> Dataset:
    """An image of those."""
    return image(signed_cells(), sop_class=MR, WindowCenter=400, WindowWidth=2600)


def with_adobe(stream: bytes, transform: int) -> bytes:
    """The stream with an Adobe marker right behind its start, any JFIF marker taken out."""
    rest = stream[2:]
    while rest[:2] in (b"\xff\xe0", b"\xff\xee"):
        rest = rest[2 + int.from_bytes(rest[2:4], "big") :]
    return stream[:2] + b"\xff\xee\x00\x0eAdobe\x00\x64\0\0\0\0" + bytes([transform]) + rest


def syntax_cases() -> Iterator[Case]:
    """All of them."""
    for cases in (native_cases, jpeg_cases, wavelet_cases, jpeg_xl_cases):
        yield from cases()
