"""Many associations at once, bringing the first images of patients that nobody knows yet: exact counts."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import pydicom
import pytest
from pydicom.uid import CTImageStorage, ExplicitVRLittleEndian, generate_uid
from sqlalchemy import func, select

from kontor.archive.tables import patient
from kontor.platform.database import Database
from tests.corridor.house import SHARED, House
from tests.corridor.samples import sample
from tests.corridor.senders import sent_as_they_are

pytestmark = pytest.mark.xdist_group(SHARED)
ASSOCIATIONS: Final = 8
IMAGES_EACH: Final = 4
PATIENTS: Final = 6
SERIES: Final = 4


def _files_of_one_patient(folder: Path, number: int) -> list[list[Path]]:
    """Files for each association: one study, its series shared by several associations."""
    image = pydicom.dcmread(sample("CT_small.dcm").path)
    image.PatientID, image.PatientName = f"NEW-{number}", f"Neu^{number}"
    image.StudyInstanceUID = generate_uid()
    uids = [generate_uid() for _ in range(SERIES)]
    lots: list[list[Path]] = []
    for sender in range(ASSOCIATIONS):
        lots.append([])
        for index in range(IMAGES_EACH):
            image.SeriesInstanceUID = uids[(sender + index) % SERIES]
            image.SOPInstanceUID = image.file_meta.MediaStorageSOPInstanceUID = generate_uid()
            image.InstanceNumber = sender * IMAGES_EACH + index + 1
            lots[-1].append(folder / f"{number}-{sender}-{index}.dcm")
            image.save_as(lots[-1][-1])
    return lots


def _deliver(house: House, lots: list[list[Path]], start: threading.Barrier) -> list[int]:
    """Send all lots over an association each, opened before the first object leaves; every status."""

    def send(files: list[Path]) -> list[int]:
        with house.modality.associated([(CTImageStorage, ExplicitVRLittleEndian)]) as association:
            assert association is not None
            start.wait(60)
            return [int(association.send_c_store(path).Status) for path in files]

    with ThreadPoolExecutor(len(lots)) as threads:
        return [status for statuses in threads.map(send, lots) for status in statuses]


def test_eight_associations_with_one_new_patient_make_one_patient_and_one_study(house: House, tmp_path: Path) -> None:
    patients = [_files_of_one_patient(tmp_path, number) for number in range(PATIENTS)]
    with sent_as_they_are():
        for lots in patients:
            statuses = _deliver(house, lots, threading.Barrier(ASSOCIATIONS))
            assert statuses == [0] * (ASSOCIATIONS * IMAGES_EACH), house.log()
    images = ASSOCIATIONS * IMAGES_EACH
    with house.web as web:
        for number in range(PATIENTS):
            (row,) = web.api(f"/studies?patient_id=NEW-{number}")["items"]
            assert (row["instance_count"], row["series_count"], row["identity"]) == (images, SERIES, "resolved")
            found = web.get(f"/dicom-web/instances?PatientID=NEW-{number}&limit=100").json()
            assert len(found) == images
    database = Database.open(house.database_url)
    try:
        named = database.read(
            lambda tx: tx.scalar(select(func.count()).select_from(patient).where(patient.c.patient_id.like("NEW-%")))
        )
    finally:
        database.close()
    assert named == PATIENTS
