"""What a STOW-RS request is answered, PS3.18 section 10.5.3 and PS3.18 annex I: outcome by outcome. Pure."""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import msgspec

from kontor.archive import Outcome
from kontor.dicom.network import Status

if TYPE_CHECKING:
    from kontor.archive import Admission
    from kontor.dicom.values import Uid

KEPT_AS_VARIANT: Final = Status.COERCION
"""Coercion of data elements is the nearest that the standard has: kept, and not as the object of this UID."""

_SUBJECTS_MAX: Final = 8


@dataclass(frozen=True, slots=True)
class Failure:
    """An object that was not kept, and why: codes of C-STORE, PS3.4 B.2.3."""

    reason: int
    sop_class_uid: str = ""
    sop_instance_uid: str = ""

    @staticmethod
    def unreadable() -> Failure:
        """Something that is no object at all."""
        return Failure(Status.CANNOT_UNDERSTAND)


@dataclass(frozen=True, slots=True)
class Kept:
    """What the answer says of an object that was kept. A request can have as many as it has parts."""

    sop_class_uid: str
    sop_instance_uid: str
    study_instance_uid: str
    series_instance_uid: str
    is_variant: bool

    @staticmethod
    def of(admission: Admission) -> Kept:
        """Without the receipt. What the objects of a request have in common is held once."""
        header = admission.receipt.header
        return Kept(
            sys.intern(header.sop_class_uid),
            header.sop_instance_uid,
            sys.intern(header.study_instance_uid),
            sys.intern(header.series_instance_uid),
            admission.outcome is Outcome.VARIANT,
        )


@dataclass(slots=True)
class StowAnswer:
    """Collects outcomes. `root`: address of the service, without a slash at its end."""

    root: str
    stored: list[Kept] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)

    @property
    def status(self) -> int:
        """200 all kept, 202 some kept or with warnings, 409 none kept."""
        if not self.stored:
            return 409
        warned = any(one.is_variant for one in self.stored)
        return 202 if self.failures or warned else 200

    def subject(self, study: Uid | None) -> str:
        """What the audit shows: the studies, or the first of them and a digest of all."""
        studies: list[str] = sorted({one.study_instance_uid for one in self.stored}) or [study or ""]
        if len(studies) <= _SUBJECTS_MAX:
            return " ".join(studies)
        digest = hashlib.sha256(" ".join(studies).encode()).hexdigest()[:16]
        return f"{studies[0]} and {len(studies) - 1} more ({digest})"

    def encode(self, study: Uid | None) -> bytes:
        """The body in DICOM JSON."""
        studies = {one.study_instance_uid for one in self.stored} | ({study} if study else set())
        written: dict[str, Any] = {}
        if len(studies) == 1:
            written["00081190"] = _values("UR", f"{self.root}/studies/{next(iter(studies))}")
        named = [failure for failure in self.failures if failure.sop_instance_uid]
        unnamed = [failure for failure in self.failures if not failure.sop_instance_uid]
        for key, items in (
            ("00081198", map(_failed, named)),
            ("00081199", map(self._referenced, self.stored)),
            ("0008119A", ({"00081197": _values("US", failure.reason)} for failure in unnamed)),
        ):
            # One by one: as text an item takes a third of what it takes as objects.
            if encoded := [msgspec.Raw(msgspec.json.encode(item)) for item in items]:
                written[key] = {"vr": "SQ", "Value": encoded}
        return msgspec.json.encode(written)

    def _referenced(self, kept: Kept) -> dict[str, Any]:
        path = f"studies/{kept.study_instance_uid}/series/{kept.series_instance_uid}"
        item = {
            "00081150": _values("UI", kept.sop_class_uid),
            "00081155": _values("UI", kept.sop_instance_uid),
            "00081190": _values("UR", f"{self.root}/{path}/instances/{kept.sop_instance_uid}"),
        }
        if kept.is_variant:
            item["00081196"] = _values("US", KEPT_AS_VARIANT)
        return item


def _failed(failure: Failure) -> dict[str, Any]:
    item = {"00081155": _values("UI", failure.sop_instance_uid), "00081197": _values("US", failure.reason)}
    if failure.sop_class_uid:
        item["00081150"] = _values("UI", failure.sop_class_uid)
    return item


def _values(vr: str, value: object) -> dict[str, Any]:
    return {"vr": vr, "Value": [value]}
