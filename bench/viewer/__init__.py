"""How long a reader waits for images, beside OHIF on Orthanc: same studies, same line, same outside detector."""
