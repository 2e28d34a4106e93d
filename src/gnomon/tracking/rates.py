"""Rates and labour costs with their history (D6.3, D6.4): what holds from when, and how a change takes effect."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from gnomon.model.account import Plan
from gnomon.model.rate import LEVEL_KEYS, Rate, RateKind, RateLevel
from gnomon.store.changes import Touched
from gnomon.store.ids import new_id
from gnomon.store.rates import add_rates, load_rates, remove_rates
from gnomon.tracking.actor import Actor
from gnomon.tracking.refusals import Forbidden, NotOffered


class RateMode(StrEnum):
    """From when a new amount holds, where no day is given."""

    START_TODAY = "start-today"
    OVERRIDE_CURRENT = "override-current"
    OVERRIDE_ALL = "override-all"


@dataclass(frozen=True, slots=True, kw_only=True)
class RateKey:
    """What a rate hangs on."""

    kind: RateKind
    level: RateLevel
    task_id: int | None = None
    project_id: int | None = None
    user_id: int | None = None


AMOUNTS = {"rate": RateKind.BILLABLE, "labor_cost": RateKind.LABOUR_COST}  # as payloads name them
RATES_OFF = "Billable rates are available for Starter and higher plans."
Current = Mapping[RateKey, Rate]


def key_of(rate: Rate) -> RateKey:
    return RateKey(
        kind=rate.kind,
        level=rate.level,
        task_id=rate.task_id,
        project_id=rate.project_id,
        user_id=rate.user_id,
    )


def current_rates(actor: Actor) -> Current:
    """What is in force on the actor's today, of every level by itself."""
    found: dict[RateKey, Rate] = {}
    for rate in _in_order(load_rates(actor.connection, actor.workspace_id)):
        if rate.start_day is None or rate.start_day <= actor.today:
            found[key_of(rate)] = rate
    return found


def history(actor: Actor, key: RateKey) -> list[Rate]:
    """Ascending by start; of two of one day the later counts."""
    steps: dict[date | None, Rate] = {}
    for rate in _in_order(load_rates(actor.connection, actor.workspace_id)):
        if key_of(rate) == key:
            steps[rate.start_day] = rate
    return list(steps.values())


def _in_order(rates: Iterable[Rate]) -> list[Rate]:
    return sorted(rates, key=lambda rate: (rate.start_day or date.min, rate.rate_id))


def set_rate(
    actor: Actor, key: RateKey, cents: int | None, start: RateMode | date | None
) -> Rate | None:
    """`cents` None: from then on none of this level. `start` None: for ever, as for a thing that is new."""
    if actor.workspace.plan is Plan.FREE:
        raise NotOffered(RATES_OFF)
    steps = history(actor, key)
    if isinstance(start, RateMode):
        day, replaced = _effect(actor, steps, start)
    else:
        day, replaced = start, [step for step in steps if step.start_day == start]
    remove_rates(actor.connection, actor.workspace_id, [step.rate_id for step in replaced])
    actor.touch(Touched.RATES)
    if cents is None and len(replaced) == len(steps):
        return None
    rate = Rate(
        rate_id=new_id(actor.connection, "rate"),
        kind=key.kind,
        level=key.level,
        hourly_rate_cents=cents,
        start_day=day,
        creator_id=actor.user_id,
        created_at=actor.now,
        **{name: getattr(key, name) for name in LEVEL_KEYS[key.level]},
    )
    add_rates(actor.connection, actor.workspace_id, [rate])
    return rate


def set_given_rate(
    actor: Actor, key: RateKey, named: tuple[str, Mapping[str, Any]], usual: RateMode | None
) -> None:
    """What a payload gives under that name, from when its `..._change_mode` says."""
    name, given = named
    asked = given.get(f"{name}_change_mode")
    set_rate(actor, key, given.get(name), RateMode(asked) if asked else usual)


def _effect(actor: Actor, steps: list[Rate], mode: RateMode) -> tuple[date | None, list[Rate]]:
    """From which day the new amount holds, and which steps of the history it replaces."""
    if mode is RateMode.OVERRIDE_ALL:
        return None, steps
    day: date | None = actor.today
    if mode is RateMode.OVERRIDE_CURRENT:
        begun = [step for step in steps if step.start_day is None or step.start_day <= actor.today]
        day = begun[-1].start_day if begun else None
    return day, [step for step in steps if step.start_day == day]


def needs_rate_rights(actor: Actor) -> None:
    if not actor.is_admin:
        raise Forbidden("User cannot access billable rate(s).")
    if actor.workspace.plan is Plan.FREE:
        raise NotOffered(RATES_OFF)
