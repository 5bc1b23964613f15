"""`kontor`, the one program. Imports stay inside the commands: `kontor version` must not wait for a codec."""

from __future__ import annotations

import json
import sys
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Annotated

import typer

from kontor.app.administration import peer_commands, token_commands, user_commands
from kontor.app.settings import Settings, SettingsError, load_settings
from kontor.app.upkeep import doctor, import_files

DataOption = Annotated[Path | None, typer.Option("--data", help="Folder of the archive.")]
HttpOption = Annotated[str | None, typer.Option("--http", help="HOST:PORT of the web door.")]
DimseOption = Annotated[str | None, typer.Option("--dimse", help="HOST:PORT of the DICOM door.")]
DatabaseOption = Annotated[str | None, typer.Option("--database", help="postgresql://… instead of SQLite.")]
BlobsOption = Annotated[str | None, typer.Option("--blobs", help="Where segments lie, instead of the data folder.")]
ProcessesOption = Annotated[str | None, typer.Option("--processes", help="web=N,dimse=N,worker=N")]

program = typer.Typer(
    name="kontor",
    help="Kontor: a radiology archive and reading room.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
program.add_typer(user_commands, name="user")
program.add_typer(token_commands, name="token")
program.add_typer(peer_commands, name="peer")
program.command("import")(import_files)
program.command("doctor")(doctor)


@program.command()
def serve(
    data: DataOption = None,
    http: HttpOption = None,
    dimse: DimseOption = None,
    database: DatabaseOption = None,
    blobs: BlobsOption = None,
    processes: ProcessesOption = None,
) -> None:
    """Run everything on one machine, from one folder."""
    from kontor.app.serving import serve as run

    run(_settings(data=data, http=http, dimse=dimse, database=database, blobs=blobs, processes=processes))


@program.command()
def web(
    data: DataOption = None, http: HttpOption = None, database: DatabaseOption = None, blobs: BlobsOption = None
) -> None:
    """Run the web role in the foreground."""
    from kontor.app.roles import run_web

    run_web(_settings(data=data, http=http, database=database, blobs=blobs))


@program.command()
def dimse(
    data: DataOption = None,
    dimse: DimseOption = None,
    database: DatabaseOption = None,
    blobs: BlobsOption = None,
    socket: Annotated[int | None, typer.Option(hidden=True)] = None,
) -> None:
    """Run the DICOM role in the foreground."""
    from kontor.app.roles import run_dimse

    run_dimse(_settings(data=data, dimse=dimse, database=database, blobs=blobs), socket)


@program.command()
def worker(
    data: DataOption = None,
    database: DatabaseOption = None,
    blobs: BlobsOption = None,
    supervised: Annotated[bool, typer.Option(hidden=True)] = False,
) -> None:
    """Run the worker role in the foreground: followers and jobs."""
    from kontor.app.roles import run_worker

    run_worker(_settings(data=data, database=database, blobs=blobs), has_parent=supervised)


@program.command()
def version(as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False) -> None:
    """Say which version this is."""
    number = installed_version("kontor")
    sys.stdout.write(
        json.dumps({"kontor": number, "python": sys.version.split()[0]}) if as_json else f"Kontor {number}"
    )
    sys.stdout.write("\n")


def main() -> None:
    """Run the program; what an operator can mend is a sentence, not a traceback."""
    try:
        program()
    except SettingsError as error:
        sys.stderr.write(f"kontor: {error}\n")
        raise SystemExit(2) from error
    except Exception as error:
        sentence = _sentence(error)
        if sentence is None:
            raise
        sys.stderr.write(f"kontor: {sentence}\n")
        raise SystemExit(2) from error


def _sentence(error: Exception) -> str | None:
    """What to tell an operator of an address, a folder, a store or a database that cannot be used."""
    from kontor.platform.blobs import BlobError
    from kontor.platform.database import DatabaseUnavailable, SchemaMismatch

    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename}: {error.strerror}"
    if isinstance(error, DatabaseUnavailable):
        return f"the database cannot be used: {' '.join(str(error).split())}"
    return str(error) if isinstance(error, SchemaMismatch | BlobError) else None


def _settings(**flags: object) -> Settings:
    return load_settings({key: value for key, value in flags.items() if value is not None})
