"""`kontor user`, `kontor token`, `kontor peer`: the operator's hand, audited as the operating system's user."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kontor.app.settings import load_settings

if TYPE_CHECKING:
    from kontor.app.house import House

user_commands = typer.Typer(no_args_is_help=True, help="Accounts.")
token_commands = typer.Typer(no_args_is_help=True, help="Bearer tokens for programs.")
peer_commands = typer.Typer(no_args_is_help=True, help="DICOM systems that may connect.")
DataOption = Annotated[Path | None, typer.Option("--data", help="Folder of the archive.")]
DatabaseOption = Annotated[str | None, typer.Option("--database", help="postgresql://… instead of SQLite.")]


@user_commands.command("add")
def add_user(
    name: Annotated[str, typer.Argument(help="Name to log in with.")],
    role: Annotated[
        list[str], typer.Option("--role", help="reader, technologist, chief, admin, auditor, service, referrer.")
    ],
    password_stdin: Annotated[bool, typer.Option("--password-stdin", help="Read the password from a pipe.")] = False,
    data: DataOption = None,
    database: DatabaseOption = None,
) -> None:
    """Add an account. Without --password-stdin a password is made and printed once."""
    from kontor.access import create_account

    password = sys.stdin.readline().rstrip("\n") if password_stdin else None
    with _house(data, database) as house:
        made = create_account(house.access, house.operator_scope(), name, role, password)
    if password is None:
        sys.stdout.write(f"user: {name}\npassword: {made}\n")


@token_commands.command("create")
def create_token(
    user: Annotated[str, typer.Option("--user", help="Whose rights it carries.")],
    name: Annotated[str, typer.Option("--name", help="A label, to find it again.")] = "command line",
    data: DataOption = None,
    database: DatabaseOption = None,
) -> None:
    """Make a bearer token and print it once, alone."""
    from kontor.access import create_token as create

    with _house(data, database) as house:
        sys.stdout.write(create(house.access, house.operator_scope(), user, name).token + "\n")


@peer_commands.command("add")
def add_peer(
    ae_title: Annotated[str, typer.Argument(help="Calling AE title.")],
    host: Annotated[str, typer.Option("--host", help="Address, network or name it calls from.")] = "",
    port: Annotated[int, typer.Option("--port", help="Where it listens.")] = 0,
    may: Annotated[str, typer.Option("--may", help="store,find,move,get,commit")] = "store",
    data: DataOption = None,
    database: DatabaseOption = None,
) -> None:
    """Register a DICOM system. Without --host it may call from this machine only."""
    from kontor.access import create_peer

    with _house(data, database) as house:
        rights = [right.strip() for right in may.split(",") if right.strip()]
        made = create_peer(house.access, house.operator_scope(), ae_title, host or "127.0.0.1", port or None, rights)
    sys.stdout.write(f"peer {made.ae_title} from {made.host} may {', '.join(made.may)}\n")


@contextmanager
def _house(data: Path | None, database: str | None) -> Iterator[House]:
    """The rooms of this installation; what they refuse is a sentence and exit code 1. A new one is named."""
    from kontor.access import AccessError
    from kontor.app.house import build_house, is_installation, prepare_installation

    settings = load_settings({"data": data, "database": database})
    is_new = not is_installation(settings)
    house = build_house(settings)
    try:
        prepare_installation(house)
        if is_new:
            sys.stderr.write(f"kontor: a new archive was made in {settings.data.resolve()}\n")
        yield house
    except AccessError as error:
        sys.stderr.write(f"kontor: {error}\n")
        raise typer.Exit(1) from error
    finally:
        house.close()
