"""Import: every file below some paths goes through intake and admission, or gets its line of refusal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kontor.access import AccessError, Act, record, record_once
from kontor.access import Outcome as AuditOutcome
from kontor.archive import Admission, Origin, Outcome, Receipt, admit_each, receive
from kontor.dicom.reading import DicomRefusal
from kontor.doors.files.limits import ImportLimits
from kontor.doors.files.report import FileRefusal, ImportReport, printable
from kontor.doors.files.sources import Source, sources
from kontor.platform.blobs import BlobError
from kontor.platform.database import DatabaseError
from kontor.platform.log import fault_of, get_logger

if TYPE_CHECKING:
    from kontor.access import Scope
    from kontor.archive import Archive

_GROUP: Final = 32  # objects in one admission
_ONE_AUDIT_ROW_WITHIN_S: Final = 3600.0
_DOOR: Final = "files"
_STOPS: Final = (AccessError, BlobError, DatabaseError)  # what would happen to the next file as well
_log: Final = get_logger("files")


@dataclass(slots=True)
class _Import:
    """One run: what is received and waits for its admission, and what was counted."""

    archive: Archive
    scope: Scope
    tell: Callable[[str], object]
    remark: Callable[[str], object]
    report: ImportReport = field(default_factory=ImportReport)
    waiting: list[tuple[str, Receipt]] = field(default_factory=list)

    def take(self, source: Source) -> None:
        """Store one source, or tell why not."""
        try:
            if source.refusal is not None:
                raise source.refusal
            assert source.opened is not None, "a source has bytes or a refusal"
            with source.opened() as stream:
                origin = Origin(_DOOR, actor=self.scope.actor.name)
                self.waiting.append((source.name, receive(self.archive, self.scope, origin, stream)))
        except (DicomRefusal, FileRefusal) as refusal:
            self._refuse(source.name, refusal.code, refusal.reason)
        except _STOPS:
            raise
        except Exception as error:  # noqa: BLE001 # one file must not cost the others their place
            self._note_defect(source.name, error)
        if len(self.waiting) >= _GROUP:
            self.admit()

    def admit(self) -> None:
        """Make visible what was received."""
        waiting, self.waiting = self.waiting, []
        outcomes = admit_each(self.archive, [receipt for _, receipt in waiting])
        for (name, _), outcome in zip(waiting, outcomes, strict=True):
            if isinstance(outcome, Exception):
                self._note_defect(name, outcome)
            else:
                self._count(name, outcome)

    def _note_defect(self, name: str, error: Exception) -> None:
        _log.error("import of a file failed", fault=fault_of(error))
        self._refuse(name, "defect", "a defect of this archive; its log says more")

    def _refuse(self, name: str, code: str, reason: str) -> None:
        self.report.refused += 1
        self.tell(f"{printable(name)}: {code}: {reason}\n")

    def _count(self, name: str, admission: Admission) -> None:
        if admission.outcome is Outcome.UNINDEXABLE:
            self.report.refused += 1
            self.tell(f"{printable(name)}: unindexable: no index holds its values\n")
            return
        if admission.outcome is Outcome.VARIANT:
            self.remark(f"{printable(name)}: variant: other contents under a known SOP Instance UID, kept beside it\n")
        study_uid = admission.receipt.header.study_instance_uid
        self.report.new += admission.outcome is Outcome.NEW
        self.report.repeated += admission.outcome is Outcome.REPEATED
        self.report.variants += admission.outcome is Outcome.VARIANT
        if study_uid not in self.report.studies:
            self.report.studies.add(study_uid)
            record_once(self.archive.access, self.scope, Act.IMPORT, study_uid, _ONE_AUDIT_ROW_WITHIN_S)


def import_paths(
    archive: Archive,
    scope: Scope,
    paths: Sequence[Path],
    tell: Callable[[str], object],
    remark: Callable[[str], object],
    limits: ImportLimits | None = None,
) -> ImportReport:
    """Store every DICOM object in files, folders and ZIP archives. Memory does not grow with their sizes.

    Args:
        archive: the archive.
        scope: who imports, for which organisation; needs the right to import.
        paths: what a person named; links are followed here and nowhere below.
        tell: gets one line, with its end, for each refusal: name, stable code, reason.
        remark: gets such a line for what was kept as a variant.
        limits: what the files may cost.

    Raises:
        Forbidden: the scope may not import.
        BlobError, DatabaseError, AuditUnwritable: the import stopped; what was received is kept. Repeat it:
            what is there already is recognised.
    """
    run = _Import(archive, scope, tell, remark)
    try:
        for source in sources(paths, limits or ImportLimits()):
            run.take(source)
    finally:
        run.admit()
    if run.report.refused:
        record(archive.access, scope, Act.IMPORT, "files", AuditOutcome.REFUSED, refused=run.report.refused)
    return run.report
