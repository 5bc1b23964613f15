"""What every room stands on: database, blobs, journal, jobs, sandbox, identifiers, log, metrics. Knows no DICOM."""
