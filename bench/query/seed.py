"""Fill an index with studies of invented people through a bulk path: COPY on PostgreSQL, executemany on SQLite.

Values are drawn at random from a printed seed: names from syllables (so that prefixes of every selectivity exist),
dates over fifteen years, modalities by weight. Indexes are dropped before and made after, as every bulk load does.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice, product
from typing import TYPE_CHECKING, Any, Final

import psycopg
from sqlalchemy import Table, make_url
from sqlalchemy.schema import CreateIndex, DropIndex

from kontor.archive.tables import instance, patient, series, study
from kontor.dicom.values import name_key
from kontor.platform.database import Database

if TYPE_CHECKING:
    from sqlalchemy import Engine

UID_ROOT: Final = "1.2.826.0.1.3680043.10.1617"
_FIRST_DAY: Final = date(2010, 1, 1)
_DAYS: Final = 15 * 365
ONSETS: Final = (
    "M",
    "Sch",
    "B",
    "K",
    "W",
    "H",
    "L",
    "F",
    "R",
    "G",
    "St",
    "Br",
    "N",
    "P",
    "D",
    "T",
    "V",
    "Z",
    "J",
    "Ö",
)
_VOWELS: Final = ("a", "ei", "o", "ü", "e", "u", "i", "au")
_CODAS: Final = ("ller", "mann", "er", "ke", "rg", "ndt", "ck", "witz", "hold", "ls")
_GIVEN: Final = (
    "Anna",
    "Bernd",
    "Clara",
    "Dieter",
    "Eva",
    "Frank",
    "Gerda",
    "Hans",
    "Ida",
    "Jürgen",
    "Karin",
    "Lars",
    "Maria",
    "Nils",
    "Olga",
    "Paul",
    "Rita",
    "Sven",
    "Uta",
    "Zoë",
)
_MODALITIES: Final = (
    ("CT", 30),
    ("MR", 22),
    ("DX", 20),
    ("US", 12),
    ("CR", 6),
    ("MG", 4),
    ("XA", 2),
    ("CT\\PT", 2),
    ("NM", 1),
    ("MR\\SR", 1),
)
_DESCRIPTIONS: Final = (
    "CT Thorax",
    "CT Abdomen KM",
    "MRT Schädel",
    "MRT Knie links",
    "Thorax p.a.",
    "Sono Abdomen",
    "Mammographie bds.",
    "PET-CT",
    "Röntgen Hand rechts",
    "",
)
_IMAGE_CLASS: Final = "1.2.840.10008.5.1.4.1.1.2"
FAMILIES: Final = tuple("".join(parts) for parts in product(ONSETS, _VOWELS, _CODAS))
_KEYS: Final = {name: name_key(name) for name in (*FAMILIES, *_GIVEN)}
_ID_STEP: Final = 4096
_BATCH: Final = 20_000


@dataclass(frozen=True, slots=True)
class Amount:
    """How much to make: series a study and instances a series are the same everywhere."""

    studies: int
    series: int = 0
    instances: int = 0


def fill(database: Database, org_id: int, amount: Amount, seed: int) -> None:
    """Fill the four tables of an empty index. Studies arrive in random order of their dates."""
    engine = database.engines["durable"]  # a bulk path has no place in the product
    indexes = [index for table in (study, series, instance) for index in table.indexes]
    _run(engine, [DropIndex(index) for index in indexes])
    source = random.Random(seed)
    write = _copy if engine.dialect.name == "postgresql" else _executemany
    rows = _studies(source, org_id, amount)
    while batch := list(islice(rows, _BATCH)):
        for table in (patient, study, series, instance):
            write(database.url, table, [row for made, row in batch if made is table])
    _run(engine, [CreateIndex(index) for index in indexes])
    _settle(database.url)


def _studies(source: random.Random, org_id: int, amount: Amount) -> Iterator[tuple[Table, tuple[Any, ...]]]:
    weights = [weight for _, weight in _MODALITIES]
    people: list[dict[str, Any]] = []
    for number in range(1, amount.studies + 1):
        if not people or source.random() < 0.6:
            person = _person(source, org_id, number)
            people.append(person)
            yield patient, _tuple(patient, person)
        else:
            person = source.choice(people)
        modalities = source.choices(_MODALITIES, weights)[0][0]
        row = _study(source, org_id, number, person, modalities, amount)
        yield study, _tuple(study, row)
        yield from _below(org_id, row, amount)


def _person(source: random.Random, org_id: int, number: int) -> dict[str, Any]:
    family, given = source.choice(FAMILIES), source.choice(_GIVEN)
    return {
        "org_id": org_id,
        "id": number * _ID_STEP,
        "patient_id": f"P{source.randrange(10**9):09d}-{number}",
        "name": f"{family}^{given}",
        "name_key": f"{_KEYS[family]}^{_KEYS[given]}",
        "birth_date": (date(1925, 1, 1) + timedelta(days=source.randrange(90 * 365))).strftime("%Y%m%d"),
        "sex": source.choice("FM"),
        "identity": "resolved",
        "named_at": 0,
        "birth_date_at": 0,
        "sex_at": 0,
        "created_at": 0,
    }


def _study(
    source: random.Random, org_id: int, number: int, person: dict[str, Any], modalities: str, amount: Amount
) -> dict[str, Any]:
    day = _FIRST_DAY + timedelta(days=source.randrange(_DAYS))
    referring = f"{source.choice(FAMILIES[::3])}^{source.choice(_GIVEN)}"
    family, _, given = referring.partition("^")
    received = 1_600_000_000_000_000 + number * 1_000_000
    return {
        "org_id": org_id,
        "id": number * _ID_STEP,
        "patient": person["id"],
        "study_instance_uid": f"{UID_ROOT}.{number}.{source.randrange(10**12)}",
        "study_date": day.strftime("%Y%m%d"),
        "study_time": f"{source.randrange(24):02d}{source.randrange(60):02d}{source.randrange(60):02d}",
        "accession_number": f"A{number:08d}",
        "study_id": str(source.randrange(10**6)),
        "description": source.choice(_DESCRIPTIONS),
        "referring_name": referring,
        "referring_key": f"{_KEYS[family]}^{_KEYS[given]}",
        "institution": source.choice(("Haus Nord", "Haus Süd", "Praxis am Markt")),
        "modalities": modalities,
        "sop_classes": _IMAGE_CLASS,
        "series_count": max(amount.series, modalities.count("\\") + 1),
        "instance_count": max(amount.series, modalities.count("\\") + 1) * max(amount.instances, 1),
        "size_bytes": source.randrange(10**9),
        "patient_name": person["name"],
        "patient_name_key": person["name_key"],
        "patient_id": person["patient_id"],
        "patient_birth_date": person["birth_date"],
        "patient_sex": person["sex"],
        "identity": "resolved",
        "first_received_at": received,
        "last_received_at": received + 30_000_000,
        "settled_at": None if number > amount.studies - 20 else received + 90_000_000,
        "described_at": received,
    }


def _below(org_id: int, row: dict[str, Any], amount: Amount) -> Iterator[tuple[Table, tuple[Any, ...]]]:
    received = row["first_received_at"]
    shared = {"org_id": org_id, "first_received_at": received, "last_received_at": received, "described_at": received}
    modalities = row["modalities"].split("\\")
    for number in range(1, max(amount.series, len(modalities)) + 1 if amount.series else 1):
        series_id = row["id"] + number * 64
        uid = f"{row['study_instance_uid']}.{number}"
        modality = modalities[(number - 1) % len(modalities)]
        made = {"id": series_id, "study": row["id"], "series_instance_uid": uid, "modality": modality}
        more = {"series_number": number, "description": f"Serie {number}", "instance_count": amount.instances}
        yield series, _tuple(series, shared | made | more)
        for position in range(1, amount.instances + 1):
            item = {"org_id": org_id, "id": series_id + position, "series": series_id, "received_at": received}
            uids = {"sop_instance_uid": f"{uid}.{position}", "sop_class_uid": _IMAGE_CLASS}
            numbers = {"instance_number": position, "rows": 512, "columns": 512, "frames": 1, "bits_allocated": 16}
            yield instance, _tuple(instance, item | uids | numbers)


def _tuple(table: Table, values: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(values.get(column.name, _absent(column)) for column in table.columns)


def _absent(column: Any) -> Any:
    if column.nullable:
        return None
    return "" if column.type.python_type is str else 0


def _executemany(url: str, table: Table, rows: list[tuple[Any, ...]]) -> None:
    connection = sqlite3.connect(make_url(url).database or "")
    connection.execute("PRAGMA synchronous=OFF")
    marks = ",".join("?" * len(table.columns))
    with connection:
        connection.executemany(f"INSERT INTO {table.name} VALUES ({marks})", rows)
    connection.close()


def _copy(url: str, table: Table, rows: list[tuple[Any, ...]]) -> None:
    names = ",".join(f'"{column.name}"' for column in table.columns)
    order = f'COPY "{table.name}" ({names}) FROM STDIN'
    with psycopg.connect(url.replace("+psycopg", "")) as connection, connection.cursor().copy(order) as copy:
        for row in rows:
            copy.write_row(
                [
                    bool(value) if column.name == "undecodable" else value
                    for column, value in zip(table.columns, row, strict=True)
                ]
            )


def _settle(url: str) -> None:
    """What time and autovacuum do to a living index: statistics, and a visibility map on PostgreSQL."""
    if url.startswith("sqlite"):
        connection = sqlite3.connect(make_url(url).database or "")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        return
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def _run(engine: Engine, statements: list[Any]) -> None:
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(statement)
