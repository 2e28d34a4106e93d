"""The columns that every table is made of."""

from sqlalchemy import BigInteger, Boolean, Column, MetaData, Text, false, true

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def workspace_key() -> Column[int]:
    return Column("workspace_id", BigInteger, primary_key=True, autoincrement=False)


def key(name: str) -> Column[int]:
    return Column(name, BigInteger, primary_key=True, autoincrement=False)


def flag(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False)


def number(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=False)


def maybe(name: str) -> Column[int | None]:
    return Column(name, BigInteger, nullable=True)


def text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def words(name: str) -> Column[str | None]:
    return Column(name, Text, nullable=True)


def stamp(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=False, server_default="0")


def switch(name: str, *, default: bool) -> Column[bool]:
    return Column(name, Boolean, nullable=False, server_default=true() if default else false())
