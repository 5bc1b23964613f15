"""`make demo`: a Kontor with studies that were sent to it over DICOM."""
