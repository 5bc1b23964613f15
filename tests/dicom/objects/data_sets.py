"""Data sets in DICOM JSON, made by hand or from files, for tests of pictures."""

from __future__ import annotations

import base64
import warnings
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydicom import dcmread
from pydicom.data import get_testdata_file
from pydicom.datadict import dictionary_VR, tag_for_keyword
from pydicom.dataset import Dataset, FileDataset

from kontor.dicom.objects import DicomJson, Frame, decoded_frame, decoding_of, is_native, native_frame
from kontor.dicom.values import Uid
from kontor.platform.sandbox import DecodeRequest, Sandbox

_PICTURE_GROUPS = (0x0018, 0x0028, 0x2050, 0x5200)


def a_data_set(values: NDArray[Any] | None = None, **attributes: object) -> dict[str, dict[str, Any]]:
    """DICOM JSON by keyword; with stored values, the image pixel module is filled in from them."""
    if values is not None:
        bits = values.dtype.itemsize * 8
        described = {
            "Rows": values.shape[0],
            "Columns": values.shape[1],
            "BitsAllocated": bits,
            "BitsStored": bits,
            "HighBit": attributes.get("BitsStored", bits) - 1,  # type: ignore[operator]  # an int in every test
            "PixelRepresentation": int(values.dtype.kind == "i"),
            "PhotometricInterpretation": "MONOCHROME2",
        }
        attributes = described | attributes
    return {_key(keyword): _element(keyword, value) for keyword, value in attributes.items()}


def a_table(first: int, entries: list[int], bits: int = 16) -> dict[str, dict[str, Any]]:
    """An item of a Modality or VOI LUT Sequence."""
    data = np.array(entries, "<u2").tobytes()
    return a_data_set(LUTDescriptor=[len(entries) % 65_536, first, bits], LUTData=data)


def as_frame(values: NDArray[Any], dataset: DicomJson) -> Frame:
    """The frame that these native little-endian cells are."""
    return native_frame(values.tobytes(), dataset, Uid("1.2.840.10008.1.2.1"))


def json_of(file: FileDataset) -> dict[str, dict[str, Any]]:
    """The header of a file in DICOM JSON, without its pixels."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        header = Dataset()
        for tag in file.keys():  # noqa: SIM118  a data set iterates over elements
            if tag.group in _PICTURE_GROUPS or tag == 0x00080060:
                header.add(file[tag])
        found: dict[str, dict[str, Any]] = header.to_json_dict(suppress_invalid_tags=True)
        return found


def a_file(name: str) -> FileDataset:
    """A file that the pydicom wheel itself brings."""
    path = get_testdata_file(name, download=False)
    assert isinstance(path, str), name
    return read(Path(path))


def read(path: Path) -> FileDataset:
    """A file by pydicom, its complaints left aside."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return dcmread(path)


def our_frame(file: FileDataset, sandbox: Sandbox) -> Frame:
    """The first frame of a file by our own way: native here, compressed through the sandbox."""
    from pydicom.encaps import generate_frames

    dataset = json_of(file)
    syntax = Uid(str(file.file_meta.TransferSyntaxUID))
    if is_native(syntax):
        pixels = file["PixelData"]
        return native_frame(pixels.value or b"", dataset, syntax, 0, pixels.VR)
    first = next(generate_frames(file.PixelData, number_of_frames=int(file.get("NumberOfFrames") or 1)))
    asked = decoding_of(syntax, dataset, first)
    answer = sandbox.decode(DecodeRequest(**{name: getattr(asked, name) for name in asked.__slots__}))
    return decoded_frame(answer.data, answer.dtype, answer.colour_space, dataset, syntax)


def _key(keyword: str) -> str:
    tag = tag_for_keyword(keyword)
    assert tag is not None, keyword
    return f"{tag:08X}"


def _element(keyword: str, value: object) -> dict[str, Any]:
    vr = dictionary_VR(keyword)
    if isinstance(value, bytes):
        return {"vr": "OW", "InlineBinary": base64.b64encode(value).decode()}
    return {"vr": vr, "Value": value if isinstance(value, list) else [value]}
