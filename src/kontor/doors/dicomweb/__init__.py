"""DICOMweb under /dicom-web, PS3.18: QIDO-RS, WADO-RS, STOW-RS. Speaks the protocol; the archive does the rest."""

from kontor.doors.dicomweb.door import dicomweb_door, routes

__all__ = ["dicomweb_door", "routes"]
