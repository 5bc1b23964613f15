"""The dictionary is pydicom's, complete, with what later editions added."""

from __future__ import annotations

import pytest
from pydicom._dicom_dict import DicomDictionary
from pydicom._uid_dict import UID_dictionary
from pydicom.datadict import private_dictionary_VR

from kontor.dicom.dictionary import Tags, edition, element, keyword_of, storage_classes, tag_of, uid_name, uids, vr_of


def test_every_element_of_pydicom_is_there_with_vr_vm_keyword_and_name() -> None:
    for tag, (vr, vm, name, retired, keyword) in DicomDictionary.items():
        entry = element(tag)
        assert entry is not None
        assert entry == (tag, vr, vm, keyword, name, retired == "Retired")


def test_every_uid_of_pydicom_is_there() -> None:
    assert {uid: entry.name for uid, entry in uids().items()}.items() >= {
        (uid, entry[0]) for uid, entry in UID_dictionary.items()
    }


def test_the_files_name_their_edition() -> None:
    assert "PS3.6 edition 20" in edition()


def test_tags_are_attributes_by_keyword() -> None:
    assert Tags.PatientID == 0x00100020
    assert tag_of("StudyInstanceUID") == 0x0020000D
    assert keyword_of(0x00080060) == "Modality"


def test_an_unknown_keyword_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="PatientIdd"):
        _ = Tags.PatientIdd


@pytest.mark.parametrize(
    ("tag", "vr"),
    [
        (0x60003000, "OB or OW"),
        (0x60120010, "US"),
        (0x50100005, "US"),
        (0x00280106, "US or SS"),
        (0x00080000, "UL"),
        (0x00090010, "LO"),
        (0x00091001, "UN"),
        (0x00081234, "UN"),
        (0xFFFEE000, "UN"),
    ],
)
def test_the_vr_that_an_implicit_data_set_does_not_say(tag: int, vr: str) -> None:
    assert vr_of(tag) == vr


def test_published_private_elements_are_known_by_creator_in_any_block() -> None:
    assert vr_of(0x00191002, "GEMS_ACQU_01") == private_dictionary_VR(0x00191002, "GEMS_ACQU_01")
    assert vr_of(0x0019A502, "GEMS_ACQU_01") == vr_of(0x00191002, "GEMS_ACQU_01") != "UN"
    assert vr_of(0x00191002, "SOMEBODY ELSE") == "UN"


def test_storage_classes_hold_the_retired_and_the_new_but_no_services() -> None:
    classes = storage_classes()
    assert "1.2.840.10008.5.1.4.1.1.2" in classes
    assert "1.2.840.10008.5.1.4.1.1.5" in classes  # Nuclear Medicine, retired
    assert "1.2.840.10008.5.1.4.1.1.66.7" in classes  # Label Map Segmentation, 2024d
    assert "1.2.840.10008.1.20.1" not in classes  # Storage Commitment
    assert "1.2.840.10008.1.3.10" not in classes  # Media Storage Directory
    assert "1.2.840.10008.1.1" not in classes  # Verification


def test_a_uid_without_name_stays_itself() -> None:
    assert uid_name("1.2.840.10008.1.2") == "Implicit VR Little Endian"
    assert uid_name("1.2.3") == "1.2.3"
