"""Saved reports of the record. Share tokens are found by digest and kept sealed for being shown again (D12.1)."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from gnomon.errors import ShareTokenRefused, ShareTokenSpent
from gnomon.model.saved_report import SavedReport
from gnomon.store.accounts import token_digest
from gnomon.store.batches import in_batches
from gnomon.store.schema import saved_reports, spent_share_tokens
from gnomon.store.secrets import SecretBox, new_token

IDS_PER_QUERY = 500
_FIELDS = tuple(field.name for field in fields(SavedReport))
_COLUMNS = [saved_reports.c[name] for name in _FIELDS]


def add_report(connection: Connection, report: SavedReport, token: str) -> None:
    values = {**_values_of(report), "token_digest": token_digest(token)}
    connection.execute(insert(saved_reports).values(**values))


def put_report(connection: Connection, report: SavedReport) -> None:
    """Everything but the token, which `replace_token` sees to."""
    values = _values_of(report)
    del values["token_sealed"]
    connection.execute(update(saved_reports).where(_is(report)).values(**values))


def replace_token(connection: Connection, box: SecretBox, report: SavedReport) -> bytes:
    """A new token, sealed; the old one is dead with the commit and known as such."""
    old: bytes = connection.scalars(select(saved_reports.c.token_digest).where(_is(report))).one()
    connection.execute(
        insert(spent_share_tokens).values(workspace_id=report.workspace_id, token_digest=old)
    )
    token = new_token()
    sealed = box.seal(token)
    connection.execute(
        update(saved_reports)
        .where(_is(report))
        .values(token_digest=token_digest(token), token_sealed=sealed)
    )
    return sealed


def load_reports(connection: Connection, workspace_id: int) -> list[SavedReport]:
    """Those that are not deleted, by ascending id."""
    return _reports(connection, saved_reports.c.workspace_id == workspace_id)


def find_reports(
    connection: Connection, workspace_id: int, report_ids: Sequence[int]
) -> list[SavedReport]:
    """Those of these ids that are there, by ascending id."""
    here = saved_reports.c.workspace_id == workspace_id
    found: list[SavedReport] = []
    for batch in in_batches(sorted(set(report_ids)), IDS_PER_QUERY):
        found += _reports(connection, here & saved_reports.c.report_id.in_(batch))
    return found


def _reports(connection: Connection, wanted: Any) -> list[SavedReport]:
    question = select(*_COLUMNS).where(wanted, saved_reports.c.deleted_at.is_(None))
    rows = connection.execute(question.order_by(saved_reports.c.report_id))
    return [_report_of(row) for row in rows]


def find_report_by_token(connection: Connection, token: str) -> SavedReport:
    """Raises `ShareTokenSpent` for a deleted report and a replaced token, `ShareTokenRefused` for any other text."""
    digest = token_digest(token)
    question = select(*_COLUMNS).where(saved_reports.c.token_digest == digest)
    row = connection.execute(question).one_or_none()
    if row is not None and row.deleted_at is None:
        return _report_of(row)
    spent = select(spent_share_tokens.c.workspace_id).where(
        spent_share_tokens.c.token_digest == digest
    )
    if row is not None or connection.scalar(spent) is not None:
        raise ShareTokenSpent
    raise ShareTokenRefused


def _is(report: SavedReport) -> Any:
    return (saved_reports.c.workspace_id == report.workspace_id) & (
        saved_reports.c.report_id == report.report_id
    )


def _values_of(report: SavedReport) -> dict[str, Any]:
    return {name: getattr(report, name) for name in _FIELDS}


def _report_of(row: Row[Any]) -> SavedReport:
    return SavedReport(**row._mapping)  # noqa: SLF001  # SQLAlchemy's public name for it
