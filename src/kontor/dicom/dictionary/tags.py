"""`Tags.PatientID`: tags by keyword, so that no number stands outside this floor."""

from __future__ import annotations

from kontor.dicom.dictionary.lookup import tag_of
from kontor.dicom.dictionary.tables import Tag


class _Keywords(type):
    def __getattr__(cls, keyword: str) -> Tag:
        tag = tag_of(keyword)
        if tag is None:
            raise AttributeError(f"the dictionary has no element {keyword!r}")
        setattr(cls, keyword, tag)  # the next time it is a plain attribute
        return tag


class Tags(metaclass=_Keywords):
    """Every public element of the dictionary as an attribute. An unknown keyword is an AttributeError."""
