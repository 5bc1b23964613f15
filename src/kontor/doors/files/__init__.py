"""Files as they lie on a disk, a stick or in a ZIP archive: every one of them is stored, or refused with a reason."""

from kontor.doors.files.importing import import_paths
from kontor.doors.files.limits import ImportLimits
from kontor.doors.files.report import FileRefusal, ImportReport

__all__ = ["FileRefusal", "ImportLimits", "ImportReport", "import_paths"]
