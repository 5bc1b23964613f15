"""What the DICOM standard says, pure: no file, socket, clock or database. Enter by the floors' own faces."""
