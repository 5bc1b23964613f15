"""What a STOW-RS request is answered, PS3.18 section 10.5.3 and PS3.18 annex I: outcome by outcome. Pure."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import msgspec

from kontor.archive import Admission, Outcome
from kontor.dicom.network import Status

if TYPE_CHECKING:
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


@dataclass(slots=True)
class StowAnswer:
    """Collects outcomes. `root`: address of the service, without a slash at its end."""

    root: str
    stored: list[Admission] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)

    @property
    def status(self) -> int:
        """200 all kept, 202 some kept or with warnings, 409 none kept."""
        if not self.stored:
            return 409
        warned = any(admission.outcome is Outcome.VARIANT for admission in self.stored)
        return 202 if self.failures or warned else 200

    def subject(self, study: Uid | None) -> str:
        """What the audit shows: the studies, or the first of them and a digest of all."""
        studies: list[str] = sorted({one.receipt.header.study_instance_uid for one in self.stored}) or [study or ""]
        if len(studies) <= _SUBJECTS_MAX:
            return " ".join(studies)
        digest = hashlib.sha256(" ".join(studies).encode()).hexdigest()[:16]
        return f"{studies[0]} and {len(studies) - 1} more ({digest})"

    def encode(self, study: Uid | None) -> bytes:
        """The body in DICOM JSON."""
        studies = {one.receipt.header.study_instance_uid for one in self.stored} | ({study} if study else set())
        written: dict[str, Any] = {}
        if len(studies) == 1:
            written["00081190"] = _values("UR", f"{self.root}/studies/{next(iter(studies))}")
        named = [failure for failure in self.failures if failure.sop_instance_uid]
        unnamed = [failure for failure in self.failures if not failure.sop_instance_uid]
        for key, items in (
            ("00081198", [_failed(failure) for failure in named]),
            ("00081199", [self._referenced(one) for one in self.stored]),
            ("0008119A", [{"00081197": _values("US", failure.reason)} for failure in unnamed]),
        ):
            if items:
                written[key] = {"vr": "SQ", "Value": items}
        return msgspec.json.encode(written)

    def _referenced(self, admission: Admission) -> dict[str, Any]:
        header = admission.receipt.header
        path = f"studies/{header.study_instance_uid}/series/{header.series_instance_uid}"
        item = {
            "00081150": _values("UI", header.sop_class_uid),
            "00081155": _values("UI", header.sop_instance_uid),
            "00081190": _values("UR", f"{self.root}/{path}/instances/{header.sop_instance_uid}"),
        }
        if admission.outcome is Outcome.VARIANT:
            item["00081196"] = _values("US", KEPT_AS_VARIANT)
        return item


def _failed(failure: Failure) -> dict[str, Any]:
    item = {"00081155": _values("UI", failure.sop_instance_uid), "00081197": _values("US", failure.reason)}
    if failure.sop_class_uid:
        item["00081150"] = _values("UI", failure.sop_class_uid)
    return item


def _values(vr: str, value: object) -> dict[str, Any]:
    return {"vr": vr, "Value": [value]}
