"""The data dictionary of PS3.6: elements, tags, UIDs and SOP classes as data with their generator."""

from kontor.dicom.dictionary.lookup import (
    PRIVATE_CREATORS,
    element,
    is_private,
    keyword_of,
    repeated_tag,
    sequence_tags,
    storage_classes,
    tag_of,
    uid_entry,
    uid_name,
    vr_of,
)
from kontor.dicom.dictionary.tables import Element, Tag, UidEntry, edition, uids
from kontor.dicom.dictionary.tags import Tags

__all__ = [
    "PRIVATE_CREATORS",
    "Element",
    "Tag",
    "Tags",
    "UidEntry",
    "edition",
    "element",
    "is_private",
    "keyword_of",
    "repeated_tag",
    "sequence_tags",
    "storage_classes",
    "tag_of",
    "uid_entry",
    "uid_name",
    "uids",
    "vr_of",
]
