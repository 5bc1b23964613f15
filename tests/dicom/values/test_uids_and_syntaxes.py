"""UIDs and transfer syntaxes: what is accepted, and what can be done with each."""

from __future__ import annotations

import pytest

from kontor.dicom.values import (
    TRANSFER_SYNTAXES,
    InvalidUid,
    StorageKind,
    Uid,
    accepts_storage,
    codec_of,
    parse_uid,
    storage_kind,
    transfer_syntax,
)


@pytest.mark.parametrize("text", ["1.2.3", "1.2.3\0", "1.2.3 ", " 1.2.3", "0.0.0.0.1.8811", "1.02.3", "1" * 64])
def test_uids_as_modalities_send_them_are_accepted(text: str) -> None:
    assert parse_uid(text) == text.strip(" \0")


@pytest.mark.parametrize(
    "text", ["", "\0", "1.2.3.abc", "1.2/../4", "1.2 .3", "1..2", ".1", "1.", "1" * 65, "1.2.\u0663"]
)
def test_what_is_no_uid_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(InvalidUid) as refusal:
        parse_uid(text)
    assert len(text) < 2 or text not in str(refusal.value)


@pytest.mark.parametrize(
    ("uid", "kind", "accepted"),
    [
        ("1.2.840.10008.5.1.4.1.1.2", StorageKind.STANDARD, True),
        ("1.2.840.10008.5.1.4.1.1.5", StorageKind.RETIRED, True),
        ("1.2.840.10008.5.1.4.1.1.9999", StorageKind.UNREGISTERED, True),
        ("1.3.12.2.1107.5.9.1", StorageKind.PRIVATE, True),
        ("1.2.840.10008.1.3.10", StorageKind.NOT_STORAGE, False),
        ("1.2.840.10008.1.1", StorageKind.NOT_STORAGE, False),
    ],
)
def test_which_classes_are_kept(uid: str, kind: StorageKind, accepted: bool) -> None:
    assert storage_kind(uid) is kind
    assert accepts_storage(uid) is accepted


def test_private_and_unregistered_classes_are_a_choice() -> None:
    assert not accepts_storage("1.3.12.2.1107.5.9.1", private=False)
    assert not accepts_storage("1.2.840.10008.5.1.4.1.1.9999", unregistered=False)


@pytest.mark.parametrize(
    ("suffix", "codec", "lossy", "browser"),
    [
        ("", "raw", False, True),
        (".1", "raw", False, True),
        (".2", "raw", False, False),
        (".1.98", "raw", False, True),
        (".5", "rle", False, True),
        (".4.50", "jpeg8", True, True),
        (".4.51", "jpeg12", True, False),
        (".4.70", "ljpeg", False, True),
        (".4.80", "jpegls", False, True),
        (".4.81", "jpegls", True, True),
        (".4.90", "jpeg2000", False, True),
        (".4.201", "htj2k", False, True),
        (".4.203", "htj2k", True, True),
        (".4.110", "jpegxl", False, True),
        (".4.112", "jpegxl", True, True),
        (".8.1", "deflate", False, False),
        (".4.92", None, False, False),
        (".4.102", None, True, False),
    ],
)
def test_the_table_says_what_can_be_done(suffix: str, codec: str | None, lossy: bool, browser: bool) -> None:
    syntax = TRANSFER_SYNTAXES[Uid("1.2.840.10008.1.2" + suffix)]
    assert (syntax.codec, syntax.lossy, syntax.browser) == (codec, lossy, browser)


def test_only_video_and_uncompressed_syntaxes_have_no_single_frames_or_no_capsule() -> None:
    video = {uid for uid, syntax in TRANSFER_SYNTAXES.items() if syntax.video}
    assert len(video) == 16
    assert all(TRANSFER_SYNTAXES[uid].encapsulated for uid in video)
    assert not transfer_syntax("1.2.840.10008.1.2.1.99").encapsulated
    assert transfer_syntax("1.2.840.10008.1.2.1.99").deflated
    assert transfer_syntax("1.2.840.113619.5.2").implicit


def test_jpeg_extended_is_decoded_by_the_bits_of_the_image() -> None:
    assert codec_of("1.2.840.10008.1.2.4.51", 8) == "jpeg8"
    assert codec_of("1.2.840.10008.1.2.4.51", 16) == "jpeg12"


def test_an_unknown_syntax_is_read_as_explicit_little_endian() -> None:
    syntax = transfer_syntax("1.2.3.4")
    assert (syntax.implicit, syntax.big_endian, syntax.codec) == (False, False, None)
