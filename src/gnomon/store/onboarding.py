"""New people and new workspaces: the writes behind `init`, `user add` and `workspace set`, each one transaction."""

from dataclasses import dataclass, replace

from sqlalchemy import Connection

from gnomon.errors import BadData, WorkspaceHidden
from gnomon.model.account import Account, Membership, Plan, Role, Workspace
from gnomon.store.accounts import (
    add_account,
    find_account_by_email,
    find_password,
    put_account,
    set_password_hash,
)
from gnomon.store.changes import Touched, take_change, take_change_of_user
from gnomon.store.ids import new_id
from gnomon.store.organizations import add_organization, find_organization, put_organization
from gnomon.store.secrets import SecretBox, give_new_token
from gnomon.store.sessions import forget_browsers_and_links
from gnomon.store.workspaces import (
    add_workspace,
    find_workspace,
    put_membership,
    put_workspace,
)
from gnomon.units.dates import zone_of
from gnomon.units.money import currency_code


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPerson:
    """Who shall have an account; the password is hashed already."""

    name: str
    email: str
    timezone: str
    password_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Welcome:
    """What a new person is told (D11.1)."""

    user_id: int
    api_token: str
    organization_id: int
    workspace_id: int


def hold_first_start(connection: Connection) -> None:
    """Until the transaction ends nobody else is first, on another server of the same PostgreSQL either."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(4769778)")


def found_workspace(
    connection: Connection,
    box: SecretBox,
    person: NewPerson,
    workspace_name: str,
    currency: str,
    at: int,
) -> Welcome:
    """An organization with one workspace and its first admin."""
    organization_id = new_id(connection, "organization")
    add_organization(connection, organization_id, workspace_name, at)
    workspace = Workspace(
        workspace_id=new_id(connection, "workspace"),
        organization_id=organization_id,
        name=workspace_name,
        default_currency=currency_code(currency),
    )
    add_workspace(connection, workspace, at)
    welcome = welcome_person(connection, box, person, workspace.workspace_id, Role.ADMIN, at)
    founded = find_organization(connection, organization_id)
    assert founded is not None  # it was added above
    put_organization(connection, replace(founded, owner_id=welcome.user_id))
    return welcome


def welcome_person(
    connection: Connection,
    box: SecretBox,
    person: NewPerson,
    workspace_id: int,
    role: Role,
    at: int,
) -> Welcome:
    """An account with a password and a token, as a member of the workspace.

    Somebody whom an import made, and who has no password yet, gets this one.
    """
    workspace = find_workspace(connection, workspace_id)
    if workspace is None:
        raise WorkspaceHidden
    take_change(connection, workspace_id, Touched.PEOPLE, at)
    user_id = _account_of(connection, person, at)
    set_password_hash(connection, user_id, person.password_hash)
    put_membership(
        connection, Membership(workspace_id=workspace_id, user_id=user_id, role=role, updated_at=at)
    )
    return Welcome(
        user_id=user_id,
        api_token=give_new_token(connection, box, user_id),
        organization_id=workspace.organization_id,
        workspace_id=workspace_id,
    )


def make_account(connection: Connection, box: SecretBox, person: NewPerson, at: int) -> int:
    """An account with a password and a token, in no workspace yet; the user id."""
    user_id = _account_of(connection, person, at)
    set_password_hash(connection, user_id, person.password_hash)
    give_new_token(connection, box, user_id)
    return user_id


def check_newcomer(name: str, timezone: str) -> None:
    """What can be said before the password is hashed; raises `BadData`."""
    if not name.strip():
        raise BadData("A person needs a name.")
    zone_of(timezone)


def _account_of(connection: Connection, person: NewPerson, at: int) -> int:
    if "@" not in person.email:
        raise BadData(f"{person.email!r} is no e-mail address.")
    check_newcomer(person.name, person.timezone)
    present = find_account_by_email(connection, person.email)
    if present is None:
        account = Account(
            user_id=new_id(connection, "user"),
            name=person.name,
            email=person.email,
            timezone=person.timezone,
        )
        add_account(connection, account, at)
        return account.user_id
    if find_password(connection, person.email) is not None:
        raise BadData(f"There is already an account with the address {person.email}.")
    put_account(connection, replace(present, name=person.name, timezone=person.timezone))
    take_change_of_user(connection, present.user_id, at)
    return present.user_id


def change_password(connection: Connection, email: str, password_hash: str) -> int:
    """Returns the user id; raises `BadData` for an unknown address."""
    account = find_account_by_email(connection, email)
    if account is None:
        raise BadData(f"There is no account with the address {email}.")
    set_password_hash(connection, account.user_id, password_hash)
    forget_browsers_and_links(connection, account.user_id)
    return account.user_id


def set_workspace(
    connection: Connection, workspace_id: int, plan: Plan | None, currency: str | None, at: int
) -> Workspace:
    """Change the emulated plan or the default currency; None leaves what is."""
    present = find_workspace(connection, workspace_id)
    if present is None:
        raise WorkspaceHidden
    take_change(connection, workspace_id, Touched.WORKSPACE, at)
    wanted = replace(
        present,
        plan=plan or present.plan,
        default_currency=currency_code(currency) if currency else present.default_currency,
    )
    put_workspace(connection, wanted)
    return wanted
