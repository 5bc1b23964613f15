"""Values and what they mean: UIDs, transfer syntaxes, character sets, person names, dates."""

from kontor.dicom.dictionary import Tag
from kontor.dicom.values.character_sets import CharacterSet, Decoded, character_set, decode
from kontor.dicom.values.dates import (
    Span,
    date_span,
    date_text,
    datetime_offset,
    datetime_span,
    parse_date,
    split_range,
    time_span,
)
from kontor.dicom.values.person_names import PersonName, bare_vowels, fold, name_key, name_variants, names_agree
from kontor.dicom.values.transfer_syntaxes import (
    DEFLATED,
    EXPLICIT_BIG,
    EXPLICIT_LITTLE,
    IMPLICIT_LITTLE,
    TRANSFER_SYNTAXES,
    TransferSyntax,
    codec_of,
    transfer_syntax,
)
from kontor.dicom.values.uids import (
    MEDIA_STORAGE_DIRECTORY,
    InvalidUid,
    StorageKind,
    Uid,
    accepts_storage,
    is_storage_class,
    parse_uid,
    storage_kind,
)

__all__ = [
    "DEFLATED",
    "EXPLICIT_BIG",
    "EXPLICIT_LITTLE",
    "IMPLICIT_LITTLE",
    "MEDIA_STORAGE_DIRECTORY",
    "TRANSFER_SYNTAXES",
    "CharacterSet",
    "Decoded",
    "InvalidUid",
    "PersonName",
    "Span",
    "StorageKind",
    "Tag",
    "TransferSyntax",
    "Uid",
    "accepts_storage",
    "bare_vowels",
    "character_set",
    "codec_of",
    "date_span",
    "date_text",
    "datetime_offset",
    "datetime_span",
    "decode",
    "fold",
    "is_storage_class",
    "name_key",
    "name_variants",
    "names_agree",
    "parse_date",
    "parse_uid",
    "split_range",
    "storage_kind",
    "time_span",
    "transfer_syntax",
]
