"""Which form answers which Accept, as one table."""

from __future__ import annotations

import pytest

from kontor.doors.dicomweb.media_types import parse_accept
from kontor.doors.dicomweb.negotiation import Chosen, NotAcceptable, Resource, choose
from kontor.doors.http.byte_ranges import WHOLE, byte_range

JPEG2000, RLE, PLAIN, JLS = (
    "1.2.840.10008.1.2.4.90",
    "1.2.840.10008.1.2.5",
    "1.2.840.10008.1.2.1",
    "1.2.840.10008.1.2.4.80",
)
DICOM, OCTETS = "application/dicom", "application/octet-stream"
RELATED_OCTETS = f"multipart/related; type={OCTETS}"
DECODED_OCTETS = Chosen(OCTETS, uncompressed=True)
AS_STORED, DECODED = Chosen(DICOM), Chosen(DICOM, uncompressed=True)
OBJ, F, M, R, B = Resource.OBJECTS, Resource.FRAMES, Resource.METADATA, Resource.RENDERED, Resource.BULK_DATA


@pytest.mark.parametrize(
    ("resource", "accept", "stored", "one_part", "wanted"),
    [
        (OBJ, [], [JPEG2000], False, AS_STORED),
        (OBJ, ["*/*"], [JPEG2000], True, AS_STORED),
        (OBJ, ['multipart/related; type="application/dicom"'], [JPEG2000], False, AS_STORED),
        (OBJ, ["multipart/related;type=application/dicom"], [JPEG2000], False, AS_STORED),
        (OBJ, ["multipart/related; type='application/dicom'; transfer-syntax=*"], [JPEG2000], False, AS_STORED),
        (OBJ, ["Multipart/Related; Type=\"Application/DICOM\""], [JPEG2000], False, AS_STORED),
        (OBJ, ["multipart/related"], [JPEG2000], False, AS_STORED),
        (OBJ, [f'multipart/related; type="{DICOM}"; transfer-syntax={PLAIN}'], [JPEG2000], False, DECODED),
        (OBJ, [f'multipart/related; type="{DICOM}"; transfer-syntax={PLAIN}'], [PLAIN], False, AS_STORED),
        (OBJ, [f'multipart/related; type="{DICOM}"; transfer-syntax={JPEG2000}'], [JPEG2000], False, AS_STORED),
        (OBJ, [f'multipart/related; type="{DICOM}"; transfer-syntax={JPEG2000}'], [PLAIN], False, None),
        (OBJ, [DICOM], [PLAIN], True, Chosen(DICOM, multipart=False)),
        (OBJ, [DICOM], [PLAIN], False, None),
        (OBJ, ["text/html"], [PLAIN], True, None),
        (OBJ, [f"{DICOM};q=0", "*/*;q=0.1"], [PLAIN], True, AS_STORED),
        (OBJ, ["text/html, multipart/related; type=\"application/dicom\";q=0.5"], [PLAIN], True, AS_STORED),
        (M, [], [], True, Chosen("application/dicom+json", multipart=False)),
        (M, ["application/json"], [], True, Chosen("application/json", multipart=False)),
        (M, ["application/dicom+xml"], [], True, None),
        (F, [], [JLS], True, Chosen("image/jls")),
        (F, [f'multipart/related; type="{OCTETS}"'], [JLS], False, Chosen(OCTETS, uncompressed=True)),
        (F, [f'multipart/related; type="{OCTETS}"; transfer-syntax=*'], [JLS], False, Chosen(OCTETS)),
        (F, ["multipart/related; type=application/octet-stream; transfer-syntax=*"], [JLS], False, Chosen(OCTETS)),
        (F, ["multipart/related; type=image/jp2"], [JPEG2000], False, Chosen("image/jp2")),
        (F, ["multipart/related; type=image/jp2"], [RLE], False, None),
        (F, ["image/dicom-rle"], [RLE], True, Chosen("image/dicom-rle", multipart=False)),
        (F, ["image/dicom-rle"], [RLE], False, None),
        (F, ["multipart/related; type=image/jphc", f"{RELATED_OCTETS}; q=0.2"], [RLE], False, DECODED_OCTETS),
        (R, [], [], True, Chosen("image/jpeg", multipart=False)),
        (R, ["image/png"], [], True, Chosen("image/png", multipart=False)),
        (R, ["image/png;q=0.1, image/*"], [], True, Chosen("image/jpeg", multipart=False)),
        (R, ["image/gif"], [], True, None),
        (B, [OCTETS], [], True, Chosen(OCTETS, multipart=False)),
        (B, [], [], True, Chosen(OCTETS)),
        (B, ["application/pdf"], [], True, None),
    ],
)  # fmt: skip
def test_the_form_is_what_was_asked_for_or_nothing(
    resource: Resource, accept: list[str], stored: list[str], one_part: bool, wanted: Chosen | None
) -> None:
    if wanted is None:
        with pytest.raises(NotAcceptable) as refused:
            choose(resource, accept, stored, one_part=one_part)
        assert refused.value.offers
    else:
        assert choose(resource, accept, stored, one_part=one_part) == wanted


def test_weights_order_what_is_wanted() -> None:
    names = [one.name for one in parse_accept(["a/a;q=0.3, b/b, c/c;q=0.9", "d/d;q=0"])]
    assert names == ["b/b", "c/c", "a/a"]


@pytest.mark.parametrize(
    ("field", "wanted"),
    [
        ("", WHOLE),
        ("bytes=0-9", (0, 10)),
        ("bytes=90-", (90, 100)),
        ("bytes=-10", (90, 100)),
        ("bytes=0-999", (0, 100)),
        ("bytes=100-", None),
        ("bytes=-0", None),
        ("bytes=9-3", WHOLE),
        ("bytes=0-1,5-6", WHOLE),
        ("lines=0-1", WHOLE),
        ("bytes=-", WHOLE),
        ("bytes=99999999999999999999-", WHOLE),
    ],
)
def test_ranges_are_read_as_http_says(field: str, wanted: tuple[int, int] | None) -> None:
    assert byte_range(field, 100) == wanted
