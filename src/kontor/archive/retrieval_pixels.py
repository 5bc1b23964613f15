"""Frames of an opened object: as stored, decoded, or drawn. The sandbox alone looks into compressed bytes."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from kontor.archive.retrieval_model import FrameNotThere, NotRenderable, Rendered, Window
from kontor.dicom.reading import BulkPolicy, FramesUnreadable, to_dicom_json
from kontor.dicom.values import transfer_syntax
from kontor.platform.sandbox import CodecUnknown, DecodeRequest, EncodeRequest, Overrun, Undecodable

if TYPE_CHECKING:
    from kontor.archive.retrieval_opening import OpenedObject, OpenedObjects
    from kontor.dicom.objects import DicomJson, Frame, Picture, Voi
    from kontor.platform.sandbox import Sandbox

_WITHOUT_BULK: Final = BulkPolicy()
"""Palettes, lookup tables and overlays stay in the document, as the pipeline needs them."""


def header_of(opened: OpenedObject) -> DicomJson:
    """The header as DICOM JSON with every value that drawing needs. Raises NotConvertible when it is too long."""
    document = to_dicom_json(opened.header, opened.encoding, bulk=_WITHOUT_BULK)
    if opened.scan.pixel is not None:  # which element holds the pixels says what they are: integers, floats, doubles
        document[f"{opened.scan.pixel.tag:08X}"] = {"vr": opened.scan.pixel.vr}
    return document


def stored_frame(objects: OpenedObjects, opened: OpenedObject, number: int) -> bytes:
    """The bytes of frame `number` (from 1) as they are stored: a code stream, or cells.

    Raises:
        FrameNotThere: there is no such frame, or the frames cannot be told apart.
    """
    try:
        frame = objects.frames(opened).frame(number)
    except FramesUnreadable as error:
        raise FrameNotThere(str(error)) from error
    return b"".join(opened.read(offset, length) for offset, length in frame.parts)


def stored_values(sandbox: Sandbox, opened: OpenedObject, data: bytes, dataset: DicomJson, number: int) -> Frame:
    """Frame `number` (from 1) as values, decoded in the sandbox where it is compressed.

    Raises:
        NotRenderable: its bytes are not what the header says, or nobody here decodes them.
    """
    from kontor.dicom.objects import Undisplayable, decoded_frame, decoding_of, is_native, native_frame

    syntax = opened.of.transfer_syntax_uid
    pixel = opened.scan.pixel
    try:
        if is_native(syntax):
            return native_frame(data, dataset, syntax, number - 1, pixel.vr if pixel is not None else "")
        request = decoding_of(syntax, dataset, data, number - 1)
        pixels = sandbox.decode(DecodeRequest(**asdict(request)))
        return decoded_frame(pixels.data, pixels.dtype, pixels.colour_space, dataset, syntax)
    except (Undisplayable, Undecodable, CodecUnknown, Overrun) as error:
        raise NotRenderable(str(error)) from error


def decoded_cells(sandbox: Sandbox, opened: OpenedObject, data: bytes, dataset: DicomJson, number: int) -> bytes:
    """Frame `number` uncompressed, little endian, interleaved, as PS3.18 8.7.3.4 gives `application/octet-stream`.

    Raises:
        NotRenderable: as for `stored_values`.
    """
    from kontor.dicom.objects import Undisplayable, decoding_of, is_native

    syntax = transfer_syntax(opened.of.transfer_syntax_uid)
    try:
        if is_native(syntax.uid):
            return _swapped(data, dataset) if syntax.big_endian else data
        request = decoding_of(syntax.uid, dataset, data, number - 1)
        return sandbox.decode(DecodeRequest(**asdict(request))).data
    except (Undisplayable, Undecodable, CodecUnknown, Overrun) as error:
        raise NotRenderable(str(error)) from error


def draw(sandbox: Sandbox, objects: OpenedObjects, opened: OpenedObject, form: Rendered) -> tuple[bytes, int]:
    """A picture file of the frame that `form` names, else of the middle one, and that frame's number (from 1).

    Raises:
        FrameNotThere: there is no such frame, or neither pixels nor an overlay.
        NotRenderable: its bytes are not what the header says, or the header does not describe a picture.
    """
    from kontor.dicom.objects import Undisplayable

    number = form.frame if form.frame is not None else max(1, (opened.scan.header.instance.frames + 1) // 2)
    try:
        picture = _picture(sandbox, objects, opened, number, form)
    except Undisplayable as error:
        raise NotRenderable(str(error)) from error
    return encoded(sandbox, picture, form.format, form.quality), number


def _picture(sandbox: Sandbox, objects: OpenedObjects, opened: OpenedObject, number: int, form: Rendered) -> Picture:
    """Pixels through the whole pipeline; without pixels what the overlays draw (clinical rule 48)."""
    from kontor.dicom.objects import has_overlays, render, render_overlays

    dataset = header_of(opened)
    if opened.scan.pixel is None:
        if not has_overlays(dataset):
            raise FrameNotThere("no pixel data and no overlay")
        return render_overlays(dataset, number=number - 1, side=form.side)
    data = stored_frame(objects, opened, number)
    frame = stored_values(sandbox, opened, data, dataset, number)
    return render(frame, dataset, number=number - 1, window=_voi(form.window), side=form.side)


def encoded(sandbox: Sandbox, picture: Picture, format_: str, quality: int) -> bytes:
    """The picture as a file of this format, encoded in the sandbox."""
    request = EncodeRequest(
        format_, picture.pixels.tobytes(), picture.rows, picture.columns, picture.samples, 8, quality
    )
    try:
        return sandbox.encode(request)
    except (Undecodable, CodecUnknown, Overrun) as error:
        raise NotRenderable(str(error)) from error


def _voi(window: Window | None) -> Voi | None:
    from kontor.dicom.objects import Window as VoiWindow

    return None if window is None else VoiWindow(window.centre, window.width, window.function)


def _swapped(data: bytes, dataset: DicomJson) -> bytes:
    """Cells of a big-endian data set in little endian."""
    import numpy as np

    from kontor.dicom.objects import describe

    width = describe(dataset).bits_allocated // 8
    return data if width <= 1 else np.frombuffer(data, f">u{width}").astype(f"<u{width}").tobytes()
