"""Objects that are no images in real Chromium: a report, a document, a curve, raw data; and every attribute of one."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
import pytest
from demo.__main__ import CALLING_AE_TITLE
from demo.sending import send
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian, generate_uid

from tests.browser.running import Demo, drive

pytestmark = pytest.mark.xdist_group("demo")

HOSTILE: Final = "<img src=x onerror=alert(1)>"
ROOT: Final = "1.2.840.10008.5.1.4.1.1."


def made(study: str, number: int, name: str, sop_class: str, modality: str) -> Dataset:
    """An object in a series of its own, named after the test's words."""
    one = Dataset()
    one.file_meta = FileMetaDataset()
    one.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    one.SpecificCharacterSet = "ISO_IR 192"
    one.SOPClassUID = one.file_meta.MediaStorageSOPClassUID = ROOT + sop_class
    one.SOPInstanceUID = one.file_meta.MediaStorageSOPInstanceUID = generate_uid()
    one.StudyInstanceUID, one.SeriesInstanceUID = study, generate_uid()
    one.PatientID, one.PatientName, one.AccessionNumber = "OBJECTS", f"{HOSTILE}^x", "OBJECTS"
    one.Modality, one.SeriesNumber, one.SeriesDescription, one.InstanceNumber = modality, number, name, 1
    return one


def coded(meaning: str, value: str = "1") -> list[Dataset]:
    code = Dataset()
    code.CodeValue, code.CodingSchemeDesignator, code.CodeMeaning = value, "DCM", meaning
    return [code]


def item(kind: str, name: str, **values: object) -> Dataset:
    one = Dataset()
    one.RelationshipType, one.ValueType, one.ConceptNameCodeSequence = "CONTAINS", kind, coded(name)
    for keyword, value in values.items():
        setattr(one, keyword, value)
    return one


def report(study: str) -> Dataset:
    one = made(study, 1, "report", "88.33", "SR")
    one.ValueType, one.ConceptNameCodeSequence = "CONTAINER", coded("Report of the test")
    one.CompletionFlag, one.VerificationFlag = "PARTIAL", "UNVERIFIED"
    unit = coded("millimeter", "mm")
    unit[0].CodingSchemeDesignator = "UCUM"
    measured = Dataset()
    measured.NumericValue, measured.MeasurementUnitsCodeSequence = "12.5", unit
    inner = [item("TEXT", "Finding", TextValue=HOSTILE), item("NUM", "Diameter", MeasuredValueSequence=[measured])]
    one.ContentSequence = [item("CONTAINER", "Findings", ContentSequence=inner)]
    return one


def document(study: str) -> Dataset:
    one = made(study, 2, "document", "104.1", "DOC")
    one.MIMETypeOfEncapsulatedDocument, one.DocumentTitle = "text/html", HOSTILE
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
            b"/Resources << /Font << /F 5 0 R >> >> >>"
        ),
        b"<< /Length 44 >>\nstream\nBT /F 40 Tf 60 700 Td (Befund und Messung) Tj ET\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    text = b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, part) for n, part in enumerate(parts, 1))
    text += b"trailer << /Size 6 /Root 1 0 R >>\n%%EOF\n"
    one.EncapsulatedDocument = text + b"\0" * (len(text) % 2)
    one.EncapsulatedDocumentLength = len(text)
    return one


def curve(study: str) -> Dataset:
    one = made(study, 3, "curve", "9.1.2", "ECG")
    channel = Dataset()
    channel.ChannelLabel, channel.ChannelSensitivity, channel.WaveformBitsStored = "I", "1", 16
    channel.ChannelSensitivityUnitsSequence = coded("microvolt", "uV")
    channel.ChannelSensitivityUnitsSequence[0].CodingSchemeDesignator = "UCUM"
    group = Dataset()
    group.NumberOfWaveformChannels, group.NumberOfWaveformSamples, group.SamplingFrequency = 1, 500, "250"
    group.ChannelDefinitionSequence = [channel]
    group.WaveformBitsAllocated, group.WaveformSampleInterpretation = 16, "SS"
    group.WaveformData = (1000 * np.sin(np.arange(500) / 20)).astype("<i2").tobytes()
    group["WaveformData"].VR = "OW"
    one.WaveformSequence = [group]
    return one


def test_objects_without_pixels_are_shown_or_named_and_nothing_in_them_runs(demo: Demo, tmp_path: Path) -> None:
    study = generate_uid()
    objects = [report(study), document(study), curve(study), made(study, 4, "raw", "66", "MR")]
    paths = [tmp_path / f"{number}.dcm" for number in range(len(objects))]
    for path, one in zip(paths, objects, strict=True):
        one.save_as(path, enforce_file_format=True)
    send(paths, CALLING_AE_TITLE, "KONTOR", "127.0.0.1", demo.dimse, lambda _: None)
    seen = drive("objects.mjs", demo.address, demo.user, demo.password, str(tmp_path), str(study))
    assert seen["troubles"] == []
    assert HOSTILE in seen["report"]
    assert "12,5 mm" in seen["report"]
    assert seen["rowsFolded"] == 4, "the key left of the last item went up to the one that holds it"
    assert seen["inkOfPage"] > 1000, "the page of the document is white"
    assert seen["raw"].startswith("Kann nicht gezeigt werden: Rohdaten")
    assert HOSTILE in seen["tags"]
    assert "(0010,0010)" in seen["tags"]
