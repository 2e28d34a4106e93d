"""Newcomers: who comes by a link of an invitation, or is the first of all."""

from collections.abc import Callable

from anyio import to_thread
from sqlalchemy import Connection

from gnomon.errors import BadData
from gnomon.model.account import Account
from gnomon.store.onboarding import NewPerson, check_newcomer
from gnomon.store.passwords import hash_password
from gnomon.tracking import invitations
from gnomon.tracking.invitations import Inviting
from gnomon.tracking.refusals import BadChange
from gnomon.web.services import Services
from gnomon.web.signing_in import HASHING

CODE_LENGTH_MAX = 200
Join = Callable[[Connection, int], int]  # with the time in seconds; returns the user id


def inviting_at(services: Services, code: str) -> Inviting:
    """Before the costly work of hashing (R7); raises `InvitationAbsent`."""
    with services.database.read() as connection:
        return invitations.look_at(connection, code[:CODE_LENGTH_MAX], int(services.seconds()))


async def new_person(name: str, email: str, timezone: str, password: str) -> NewPerson:
    """With the password hashed; raises `BadChange` for one that cannot be."""
    try:
        check_newcomer(name, timezone)
        hashed = await to_thread.run_sync(hash_password, password, limiter=HASHING)
    except BadData as error:
        raise BadChange(str(error)) from None
    return NewPerson(name=name, email=email, timezone=timezone, password_hash=hashed)


def joining(account: Account, code: str) -> Join:
    """Somebody with an account accepts an invitation."""

    def join(connection: Connection, now: int) -> int:
        invitations.accept_as(connection, account, code[:CODE_LENGTH_MAX], now)
        return account.user_id

    return join


def arriving(services: Services, person: NewPerson, code: str) -> Join:
    """Somebody new accepts an invitation; its address becomes his."""

    def join(connection: Connection, now: int) -> int:
        known = code[:CODE_LENGTH_MAX]
        return invitations.accept_new(connection, services.box, person, known, now)

    return join
