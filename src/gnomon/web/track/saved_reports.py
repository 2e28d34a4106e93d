"""`/api/v9/workspaces/{workspace_id}/reports/shared`: saved reports, managed (reports-api-v3.md, 10.2; D10.1)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from anyio import to_thread
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from gnomon.errors import BadQuery
from gnomon.model.saved_report import SavedReport
from gnomon.store.passwords import hash_secret
from gnomon.store.schedules import load_schedules
from gnomon.web.reports.asking import path_id
from gnomon.web.signing_in import HASHING
from gnomon.web.track.asking import Door, Member, Refusals, json_answer, track_door
from gnomon.web.track.saving import (
    change_report,
    delete_reports,
    make_report,
    seen_report,
    seen_reports,
    seen_together,
)
from gnomon.wire.body import parse_json
from gnomon.wire.errors import NotJson
from gnomon.wire.track_v9.errors import (
    BadJsonStop,
    OneOfManyFailed,
    ReportHidden,
    SavedReportsHidden,
    SavedReportsOff,
)
from gnomon.wire.track_v9.saved_reports import (
    Changes,
    changed_report,
    ids_to_delete,
    listing,
    new_report,
    payloads_with_ids,
    report_json,
)

REFUSALS = Refusals(SavedReportsHidden, SavedReportsOff)


async def list_saved_reports(request: Request) -> Response:
    door = await track_door(request, REFUSALS)
    asked = listing(request.query_params)

    def read(connection: Connection, member: Member) -> Any:
        schedules = load_schedules(connection, member.workspace_id)
        scheduled = {one.report_id for one in schedules}
        return _told(door, connection, asked.shown(seen_reports(connection, member), scheduled))

    return json_answer(await door.read(read))


async def add_saved_report(request: Request) -> Response:
    door = await track_door(request, REFUSALS)
    given = await _hashed(new_report(_object(door.body)))

    def write(connection: Connection, member: Member) -> Any:
        box = door.services.box
        report = make_report(connection, member, box, given, door.now)
        return _told(door, connection, [report])[0]

    return json_answer(await door.write(write))


async def change_saved_reports(request: Request) -> Response:
    """All or nothing."""
    door = await track_door(request, REFUSALS)
    payloads = payloads_with_ids(parse_json(door.body))
    changes = [(report_id, _one_of_many(report_id, one)) for report_id, one in payloads]

    def write(connection: Connection, member: Member) -> Any:
        reports = seen_together(connection, member, [report_id for report_id, _ in changes])
        current = {report.report_id: report for report in reports}
        for report_id, given in changes:
            report = current[report_id]
            current[report_id] = change_report(
                connection, member, door.services.box, report, given, door.now
            )
        return _told(door, connection, list(current.values()))

    return json_answer(await door.write(write))


async def delete_saved_reports(request: Request) -> Response:
    """All or nothing."""
    door = await track_door(request, REFUSALS)
    try:
        ids = ids_to_delete(parse_json(door.body))
    except NotJson:
        raise BadJsonStop from None

    def write(connection: Connection, member: Member) -> Any:
        reports = seen_together(connection, member, ids)
        return _told(door, connection, delete_reports(connection, member, reports, door.now))

    return json_answer(await door.write(write))


async def read_saved_report(request: Request) -> Response:
    door = await track_door(request, REFUSALS)
    return json_answer(await door.read(_of_one(door, request, lambda _c, _m, report: report)))


async def change_saved_report(request: Request) -> Response:
    door = await track_door(request, REFUSALS)
    given = await _hashed(changed_report(_object(door.body)))

    def change(connection: Connection, member: Member, report: SavedReport) -> SavedReport:
        box = door.services.box
        return change_report(connection, member, box, report, given, door.now)

    return json_answer(await door.write(_of_one(door, request, change)))


async def delete_saved_report(request: Request) -> Response:
    door = await track_door(request, REFUSALS)

    def delete(connection: Connection, member: Member, report: SavedReport) -> SavedReport:
        return delete_reports(connection, member, [report], door.now)[0]

    return json_answer(await door.write(_of_one(door, request, delete)))


def _of_one(
    door: Door, request: Request, act: Callable[[Connection, Member, SavedReport], SavedReport]
) -> Callable[[Connection, Member], Any]:
    """What is done with the report of the path, and how it is told."""
    report_id = path_id(request, "report")

    def work(connection: Connection, member: Member) -> Any:
        if report_id is None:
            raise ReportHidden("")
        report = act(connection, member, seen_report(connection, member, report_id))
        return _told(door, connection, [report])[0]

    return work


def _told(door: Door, connection: Connection, reports: Sequence[SavedReport]) -> list[Any]:
    schedules = load_schedules(connection, door.workspace_id)
    box = door.services.box
    return [report_json(one, box.open(one.token_sealed), schedules) for one in reports]


def _object(body: bytes) -> Mapping[str, Any]:
    values = parse_json(body)
    if not isinstance(values, dict):
        raise NotJson
    return values


def _one_of_many(report_id: int, payload: Mapping[str, Any]) -> Changes:
    try:
        return changed_report(payload)
    except BadQuery as error:
        raise OneOfManyFailed(report_id, str(error)) from None


async def _hashed(given: Changes) -> Changes:
    """Before the write: hashing takes longer than everybody else should wait."""
    if not given.password:
        return given
    hashed = await to_thread.run_sync(hash_secret, given.password, limiter=HASHING)
    return replace(given, password_hash=hashed)
