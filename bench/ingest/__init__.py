"""How fast objects are taken in over DICOM: Kontor, Orthanc and our own ceiling, interleaved."""
