"""`init`, `user add`, `user password`, `workspace set`: what an operator needs without a browser (D11.1, D11.8)."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Connection

from gnomon.app import now_seconds, open_house
from gnomon.cli.output import SHOW, DataOption, JsonOption, WorkspaceOption, print_json
from gnomon.config import read_config
from gnomon.errors import BadData
from gnomon.export.logo_check import check_logo
from gnomon.model.account import Plan, Role, Workspace
from gnomon.store.logos import put_logo
from gnomon.store.onboarding import (
    NewPerson,
    Welcome,
    change_password,
    found_workspace,
    set_workspace,
    welcome_person,
)
from gnomon.store.passwords import hash_password
from gnomon.store.workspaces import all_workspace_ids

EmailOption = Annotated[str, typer.Option("--email", help="The e-mail address to sign in with.")]
PasswordOption = Annotated[
    str, typer.Option("--password", prompt=True, hide_input=True, help="At least 8 characters.")
]
NameOption = Annotated[str, typer.Option("--name", help="The person's name.")]
ZoneOption = Annotated[str, typer.Option("--timezone", help="IANA name such as Europe/Tallinn.")]


def init(
    email: EmailOption,
    password: PasswordOption,
    name: NameOption,
    workspace: Annotated[str, typer.Option("--workspace", help="The workspace's name.")],
    timezone: ZoneOption = "UTC",
    currency: Annotated[str, typer.Option("--currency", help="The default currency.")] = "EUR",
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make the data folder, a workspace and its first admin."""
    person = NewPerson(
        name=name, email=email, timezone=timezone, password_hash=hash_password(password)
    )
    with open_house(read_config(data=data), makes_record=True) as house:
        with house.database.read() as connection:
            if all_workspace_ids(connection):
                raise BadData("There is a workspace already; add people with `gnomon user add`.")
        at = now_seconds()
        welcome = house.database.write(
            lambda connection: found_workspace(
                connection, house.box, person, workspace, currency, at
            )
        )
    _greet(welcome, as_json=as_json)


def user_add(
    email: EmailOption,
    name: NameOption,
    password: PasswordOption,
    workspace_id: WorkspaceOption,
    role: Annotated[Role, typer.Option("--role")] = Role.MEMBER,
    timezone: ZoneOption = "UTC",
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Add a person to a workspace."""
    person = NewPerson(
        name=name, email=email, timezone=timezone, password_hash=hash_password(password)
    )
    with open_house(read_config(data=data)) as house:
        at = now_seconds()
        welcome = house.database.write(
            lambda connection: welcome_person(connection, house.box, person, workspace_id, role, at)
        )
    _greet(welcome, as_json=as_json)


def _greet(welcome: Welcome, *, as_json: bool) -> None:
    if as_json:
        print_json(asdict(welcome))
        return
    SHOW.print(f"User {welcome.user_id} is in workspace {welcome.workspace_id}.")
    SHOW.print(f"API token: {welcome.api_token}")


def user_password(
    email: EmailOption,
    password: PasswordOption,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Set a person's password."""
    password_hash = hash_password(password)
    with open_house(read_config(data=data)) as house:
        user_id = house.database.write(
            lambda connection: change_password(connection, email, password_hash)
        )
    if as_json:
        print_json({"user_id": user_id})
    else:
        SHOW.print(f"User {user_id} has a new password.")


def workspace_set(
    workspace_id: WorkspaceOption,
    plan: Annotated[
        Plan | None, typer.Option("--plan", help="The vendor's plan to emulate.")
    ] = None,
    currency: Annotated[
        str | None, typer.Option("--currency", help="The default currency.")
    ] = None,
    logo: Annotated[
        Path | None, typer.Option("--logo", help="A PNG or JPEG for printed reports.")
    ] = None,
    has_no_logo: Annotated[bool, typer.Option("--no-logo", help="Take the logo away.")] = False,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Change a workspace's plan, currency or logo."""
    image = _checked_logo(logo) if logo is not None else None
    at = now_seconds()

    def change(connection: Connection) -> Workspace:
        if image is not None or has_no_logo:
            put_logo(connection, workspace_id, image, at)
        return set_workspace(connection, workspace_id, plan, currency, at)

    with open_house(read_config(data=data)) as house:
        workspace = house.database.write(change)
    if as_json:
        print_json(
            {
                "workspace_id": workspace.workspace_id,
                "plan": workspace.plan.value,
                "default_currency": workspace.default_currency,
            }
        )
    else:
        SHOW.print(
            f"{workspace.name}: plan {workspace.plan.value}, currency {workspace.default_currency}.",
            markup=False,
        )


def _checked_logo(path: Path) -> bytes:
    try:
        image = path.read_bytes()
    except OSError as error:
        raise BadData(f"{path} could not be read: {error.strerror}.") from error
    check_logo(image)
    return image
