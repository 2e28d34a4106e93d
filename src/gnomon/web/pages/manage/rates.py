"""Rates with their history, at the thing that they hang on (D6.3, D6.4)."""

from dataclasses import dataclass
from datetime import date

from gnomon.model.catalog import Project, Task
from gnomon.model.rate import LEVEL_KEYS, Rate, RateKind, RateLevel
from gnomon.store.catalog import find_noun
from gnomon.store.changes import Touched
from gnomon.tracking.actor import Actor
from gnomon.tracking.people import find_member
from gnomon.tracking.rates import RateKey, history, needs_rate_rights, set_rate
from gnomon.tracking.refusals import BadChange
from gnomon.web.pages.forms import Form
from gnomon.web.pages.manage.reading import read_cents, read_day
from gnomon.web.pages.notices import Notice
from gnomon.web.pages.places import local_path
from gnomon.web.pages.visit import WORKSPACE, Go, NotFound, PageRow, Visit

TITLES = {
    RateKind.BILLABLE: "Hourly rate",
    RateKind.LABOUR_COST: "Labour cost",
}


@dataclass(frozen=True, slots=True)
class RateBox:
    """A history to show, and what a form has to say to add to it."""

    title: str
    key: RateKey
    steps: list[Rate]
    currency: str
    today: date

    @property
    def fields(self) -> dict[str, str]:
        told = {"kind": self.key.kind.value, "level": self.key.level.value}
        for name in LEVEL_KEYS[self.key.level]:
            told[name] = str(getattr(self.key, name))
        return told

    @property
    def present_cents(self) -> int | None:
        """What holds today."""
        begun = [one for one in self.steps if one.start_day is None or one.start_day <= self.today]
        return begun[-1].hourly_rate_cents if begun else None

    @property
    def id(self) -> str:
        return "-".join(["rate", *self.fields.values()])


def rate_box(actor: Actor, key: RateKey, title: str = "", currency: str = "") -> RateBox:
    return RateBox(
        title or TITLES[key.kind],
        key,
        history(actor, key),
        currency or actor.workspace.default_currency,
        actor.today,
    )


def add_rate(visit: Visit) -> Go:
    """An empty amount: from that day on there is none; without a day: from ever."""
    actor, form = visit.actor, visit.form
    needs_rate_rights(actor)
    set_rate(
        actor, _key(actor, form), read_cents(form, "amount", "The rate"), read_day(form, "start")
    )
    back = local_path(form.text("back"))
    return Go(back if back.startswith(f"{visit.home}/") else visit.home, Notice("saved"))


def _key(actor: Actor, form: Form) -> RateKey:
    try:
        kind, level = RateKind(form.text("kind")), RateLevel(form.text("level"))
    except ValueError:
        raise BadChange("There is no such rate.") from None
    key = RateKey(
        kind=kind,
        level=level,
        task_id=form.number("task_id", "The task"),
        project_id=form.number("project_id", "The project"),
        user_id=form.number("user_id", "The person"),
    )
    given = {name for name in ("task_id", "project_id", "user_id") if getattr(key, name)}
    if given != set(LEVEL_KEYS[level]):
        raise BadChange("There is no such rate.")
    _check_things(actor, key)
    return key


def _check_things(actor: Actor, key: RateKey) -> None:
    """Each of them is in this very workspace."""
    connection, place = actor.connection, actor.workspace_id
    if key.project_id and find_noun(connection, place, Project, key.project_id) is None:
        raise NotFound
    if key.task_id and find_noun(connection, place, Task, key.task_id) is None:
        raise NotFound
    if key.user_id and find_member(actor, key.user_id, by_user=True) is None:
        raise NotFound


ROWS = (
    PageRow("POST", f"{WORKSPACE}/rates", add_rate, "Set a rate from a day on", Touched.NO_COLUMN),
)
