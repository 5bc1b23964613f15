"""`kontor import` and `kontor doctor`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kontor.app.settings import SettingsError, load_settings

if TYPE_CHECKING:
    from kontor.app.house import House

DataOption = Annotated[Path | None, typer.Option("--data", help="Folder of the archive.")]
DatabaseOption = Annotated[str | None, typer.Option("--database", help="postgresql://… instead of SQLite.")]
BlobsOption = Annotated[str | None, typer.Option("--blobs", help="Where segments lie, instead of the data folder.")]


def import_files(
    paths: Annotated[list[Path], typer.Argument(help="Files, folders, ZIP archives, DICOMDIRs.", exists=True)],
    organisation: Annotated[
        str | None, typer.Option("--as", help="The organisation that owns them, made if new.")
    ] = None,
    data: DataOption = None,
    database: DatabaseOption = None,
    blobs: BlobsOption = None,
) -> None:
    """Import files. Prints one line for each refusal; exit code 1 if there was any."""
    from kontor.access import AccessError
    from kontor.app.house import build_house, prepare_installation
    from kontor.archive import replay
    from kontor.doors.files import import_paths

    house = build_house(load_settings({"data": data, "database": database, "blobs": blobs}))
    try:
        prepare_installation(house, organisation)
        replay(house.archive)
        scope = house.operator_scope(organisation)
        report = import_paths(house.archive, scope, paths, sys.stdout.write, sys.stderr.write)
    except AccessError as error:
        sys.stderr.write(f"kontor: {error}\n")
        raise typer.Exit(1) from error
    finally:
        house.close()
    sys.stderr.write(f"{report.summary()}\n")
    if report.refused:
        raise typer.Exit(1)


def doctor(
    deep: Annotated[bool, typer.Option("--deep", help="Read every byte again and compare digests.")] = False,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Make the index again from the segments.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
    data: DataOption = None,
    database: DatabaseOption = None,
    blobs: BlobsOption = None,
) -> None:
    """Say whether everything is in order. Exit code 0 only if it is."""
    from kontor.app.house import build_house, is_installation, prepare_installation
    from kontor.archive import Finding, examine

    settings = load_settings({"data": data, "database": database, "blobs": blobs})
    if not is_installation(settings):
        raise SettingsError(f"{settings.data.resolve()} is no archive; --data names the folder of one")
    house = build_house(settings)
    try:
        prepare_installation(house)
        if rebuild:
            _make_index_again(house)
        findings = examine(house.archive, deep=deep)
        if lacking := house.lacks_connections():
            findings.append(Finding("connections", "database", lacking))
    finally:
        house.close()
    if as_json:
        sys.stdout.write(
            json.dumps({"in_order": not findings, "findings": [finding.as_json() for finding in findings]})
        )
        sys.stdout.write("\n")
    else:
        for finding in findings:
            sys.stdout.write(f"{finding.as_line()}\n")
        if not findings:
            sys.stdout.write(f"Everything is in order in {settings.data.resolve()}.\n")
    if findings:
        raise typer.Exit(1)


def _make_index_again(house: House) -> None:
    from kontor.access import Act, Outcome, forget_lost_chains, record
    from kontor.archive import is_being_written, rebuild

    if is_being_written(house.archive):
        sys.stderr.write("kontor: a server receives into this folder; stop it, then make the index again.\n")
        raise typer.Exit(2)
    forget_lost_chains(house.access)
    report = rebuild(house.archive)
    counts = {"records": report.records, "unreadable": report.unreadable}
    record(house.access, house.operator_scope(), Act.REBUILD, "index", Outcome.SUCCESS, **counts)
    sys.stderr.write(f"{report.summary()}\n")
