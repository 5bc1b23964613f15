"""A CT of two images and presentation states for one of them, for what a reader sees when one is applied."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
from demo.phantom import phantom_image
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian, GrayscaleSoftcopyPresentationStateStorage, generate_uid

EDGE: Final = 64
QUARTERS: Final = ((100, 200), (300, 400))
"""HU of the quarters of each image, upper row first: no turn and no flip leaves them where they are."""
WINDOW: Final = (250.5, 401)
SHUTTER_P_VALUE: Final = 30000
CIRCLE: Final = (32, 32, 28)
"""Row, column and radius of the shutter."""
LINE: Final = ((16.0, 8.0), (48.0, 8.0))
TEXT_BOX: Final = ((0.2, 0.6), (0.5, 0.7))


def image(study: str, series: str, at: int) -> Dataset:
    """One of the images; they lie 5 mm apart and open with the first."""
    one = phantom_image(0)
    one.StudyInstanceUID, one.SeriesInstanceUID = study, series
    one.SOPInstanceUID = one.file_meta.MediaStorageSOPInstanceUID = generate_uid()
    one.PatientName, one.PatientID, one.AccessionNumber = "Zustand^Viele", "STATES", "STATES-1"
    one.SeriesDescription, one.SeriesNumber, one.InstanceNumber = "Viertel", 1, at + 1
    one.Rows = one.Columns = EDGE
    one.PixelSpacing, one.ImagePositionPatient = [1, 1], [0, 0, -5 * at]
    one.WindowCenter, one.WindowWidth = 300, 1000
    hounsfield = np.kron(np.array(QUARTERS), np.ones((EDGE // 2, EDGE // 2)))
    one.PixelData = (hounsfield - float(one.RescaleIntercept)).astype("<u2").tobytes()
    return one


def state(study: str, series: str, number: int, label: str, of: Dataset) -> Dataset:
    """A state that shows the image as it is stored, in the window of its own."""
    one = Dataset()
    one.file_meta = FileMetaDataset()
    one.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    one.SpecificCharacterSet = "ISO_IR 192"
    one.SOPClassUID = one.file_meta.MediaStorageSOPClassUID = GrayscaleSoftcopyPresentationStateStorage
    one.SOPInstanceUID = one.file_meta.MediaStorageSOPInstanceUID = generate_uid()
    one.StudyInstanceUID, one.SeriesInstanceUID = study, series
    one.PatientName, one.PatientID, one.AccessionNumber = "Zustand^Viele", "STATES", "STATES-1"
    one.Modality, one.SeriesNumber, one.SeriesDescription, one.InstanceNumber = "PR", 2, "Zustände", number
    one.ContentLabel, one.ContentDescription, one.ContentCreatorName = label, "", "Lesend^Lena"
    one.PresentationCreationDate, one.PresentationCreationTime = "20260412", "101500"
    one.ReferencedSeriesSequence = [_referenced(of)]
    one.RescaleIntercept, one.RescaleSlope, one.RescaleType = of.RescaleIntercept, of.RescaleSlope, "HU"
    voi = Dataset()
    voi.WindowCenter, voi.WindowWidth = WINDOW
    one.SoftcopyVOILUTSequence = [voi]
    one.PresentationLUTShape = "IDENTITY"
    area = Dataset()
    area.DisplayedAreaTopLeftHandCorner, area.DisplayedAreaBottomRightHandCorner = [1, 1], [EDGE, EDGE]
    area.PresentationSizeMode, area.PresentationPixelSpacing = "SCALE TO FIT", [1, 1]
    one.DisplayedAreaSelectionSequence = [area]
    return one


def _referenced(of: Dataset) -> Dataset:
    item, named = Dataset(), Dataset()
    named.ReferencedSOPClassUID, named.ReferencedSOPInstanceUID = of.SOPClassUID, of.SOPInstanceUID
    item.SeriesInstanceUID, item.ReferencedImageSequence = of.SeriesInstanceUID, [named]
    return item


def rich(one: Dataset) -> Dataset:
    """Inverted, turned by 90° and flipped, under a circular shutter, with a line and a text."""
    one.PresentationLUTShape = "INVERSE"
    one.ImageRotation, one.ImageHorizontalFlip = 90, "Y"
    row, column, radius = CIRCLE
    one.ShutterShape, one.CenterOfCircularShutter, one.RadiusOfCircularShutter = "CIRCULAR", [row, column], radius
    one.ShutterPresentationValue = SHUTTER_P_VALUE
    layer = Dataset()
    layer.GraphicLayer, layer.GraphicLayerOrder = "BEFUND", 1
    layer.GraphicLayerRecommendedDisplayGrayscaleValue = 65535
    one.GraphicLayerSequence = [layer]
    line = Dataset()
    line.GraphicAnnotationUnits, line.GraphicDimensions, line.GraphicType = "PIXEL", 2, "POLYLINE"
    line.NumberOfGraphicPoints, line.GraphicFilled = 2, "N"
    line.GraphicData = [float(number) for point in LINE for number in point]
    text = Dataset()
    text.UnformattedTextValue = "Herd 1"
    text.BoundingBoxAnnotationUnits = "DISPLAY"
    text.BoundingBoxTopLeftHandCorner, text.BoundingBoxBottomRightHandCorner = map(list, TEXT_BOX)
    text.BoundingBoxTextHorizontalJustification = "LEFT"
    annotation = Dataset()
    annotation.GraphicLayer = "BEFUND"
    annotation.GraphicObjectSequence, annotation.TextObjectSequence = [line], [text]
    one.GraphicAnnotationSequence = [annotation]
    return one


def write_study(folder: Path, study: str) -> list[Path]:
    """Two images; states `ALLES`, `GROESSE` (at true size) of the second, and `FREMD` of an image that is elsewhere."""
    folder.mkdir(parents=True, exist_ok=True)
    images, states = generate_uid(), generate_uid()
    first, second = (image(study, images, at) for at in range(2))
    large = state(study, states, 2, "GROESSE", second)
    large.DisplayedAreaSelectionSequence[0].PresentationSizeMode = "TRUE SIZE"
    foreign = state(study, states, 3, "FREMD", image(study, generate_uid(), 0))
    made = [first, second, rich(state(study, states, 1, "ALLES", second)), large, foreign]
    paths = [folder / f"{number}.dcm" for number in range(len(made))]
    for path, one in zip(paths, made, strict=True):
        one.save_as(path, enforce_file_format=True)
    return paths
