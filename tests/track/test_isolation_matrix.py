"""Every route, every id in its path and body, every fate a thing can have, and everybody who may ask (D9.2, D9.3)."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.track.asking import ADA, AGENCY, BO, CLEO, GONE, OTHER, UNKNOWN, Asker
from tests.track.matrix_asking import (
    Answer,
    Record,
    answer_of,
    cases,
    covered_routes,
    fill,
    mailing_agency_at,
    own_path,
    parameters,
    recipes_of,
    send,
    variations,
)
from tests.track.matrix_probes import PROBES, Probe
from tests.track.matrix_recipe import Recipe
from tests.track.matrix_recipes import RECIPES
from tests.track.matrix_things import UNKNOWN_CODE, Things, prepare

CASES = cases()
WITH_IDS = [recipe for recipe in CASES if parameters(recipe)]
CLOSED = [recipe for recipe in CASES if not recipe.public]
LISTS = [recipe for recipe in CASES if recipe.method == "PATCH" and "_ids}" in recipe.path]
ARCHIVABLE = {"project_id", "task_id", "client_id", "user_id", "workspace_user_id"}
WITH_ARCHIVE = [one for one in CASES if ARCHIVABLE & {*parameters(one).values()}]
FOREIGN_WORDS = ("CANARY", "Cleo", "cleo@")
AGENCY_WORDS = ("AGENCYSECRET", "Acme", "Studio", "ada@", "bo@", "gone@")
CHANGED = (
    "/me?with_related_data=true",
    *(f"/me/{what}?since=0" for what in ("projects", "tasks", "tags", "clients", "time_entries")),
    "/me/projects/paginated?since=0",
    "/me/time_entries?meta=true",
    f"/workspaces/{AGENCY}/projects?since=0&active=both",
    f"/workspaces/{AGENCY}/tasks?since=0&active=both",
)
NO_WORKSPACE = '"Workspace not found/accessible"'
FreshCopy = Callable[[], AbstractContextManager[Asker]]


class House(NamedTuple):
    """The shared record, what is in it, and its rows."""

    agency: Asker
    things: Things
    record: Record


@pytest.fixture(scope="module")
def prepared(
    agency_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Things]:
    folder = tmp_path_factory.mktemp("matrix") / "agency"
    shutil.copytree(agency_template, folder)
    with mailing_agency_at(folder) as agency:
        return folder, prepare(agency)


@pytest.fixture(scope="module")
def house(prepared: tuple[Path, Things]) -> Iterator[House]:
    """For what is refused or only reads."""
    folder = prepared[0].with_name("shared")
    shutil.copytree(prepared[0], folder)
    with mailing_agency_at(folder) as agency:
        yield House(agency, prepared[1], Record(agency))


@pytest.fixture
def fresh(prepared: tuple[Path, Things], tmp_path: Path) -> FreshCopy:
    """For what changes something: a copy of the record for each call."""

    def copy() -> AbstractContextManager[Asker]:
        folder = tmp_path / f"copy{len([*tmp_path.iterdir()])}"
        shutil.copytree(prepared[0], folder)
        return mailing_agency_at(folder)

    return copy


@pytest.mark.parametrize("route", covered_routes(), ids=" ".join)
def test_every_route_has_a_recipe(route: tuple[str, str]) -> None:
    """Whoever adds a route says here how it is asked."""
    assert recipes_of(*route), "add it to tests/track/matrix_recipes.py"


@pytest.mark.parametrize("recipe", [one for one in RECIPES if not one.maybe], ids=str)
def test_every_recipe_has_a_route(recipe: Recipe) -> None:
    assert recipe in CASES


@pytest.mark.parametrize("probe", PROBES, ids=str)
def test_every_probe_is_of_a_route_that_has_a_recipe(probe: Probe) -> None:
    assert recipes_of(probe.recipe.method, probe.recipe.path)


@pytest.mark.parametrize("recipe", [one for one in CASES if one.works], ids=str)
def test_ones_own_things_answer(house: House, fresh: FreshCopy, recipe: Recipe) -> None:
    """Else the refusals below would say nothing; and nothing of strangers is told."""
    by = None if recipe.public else ADA
    own = house.things.own[ADA]
    if recipe.is_safe:
        answer = send(house.agency, recipe, by, own_path(recipe, own), own)
    else:
        with fresh() as agency:
            answer = send(agency, recipe, by, own_path(recipe, own), own)
    assert answer.status_code in (200, 201), answer.text
    assert_untold(answer.text, FOREIGN_WORDS)


@pytest.mark.parametrize("recipe", WITH_ARCHIVE, ids=str)
def test_archived_things_are_there(house: House, fresh: FreshCopy, recipe: Recipe) -> None:
    """What is put away can be read, and is never told to be unknown."""
    things, own = house.things, house.things.own[ADA]
    for name, kind in parameters(recipe).items():
        if kind not in ARCHIVABLE or (
            kind == "project_id" and "task_id" in parameters(recipe).values()
        ):  # a task is found through its own project only
            continue
        values = own_path(recipe, own) | {name: things.archived[kind][0]}
        if recipe.is_safe:
            assert send(house.agency, recipe, ADA, values, own).status_code == 200
            continue
        with fresh() as agency:
            found = answer_of(send(agency, recipe, ADA, values, own), values)
        lost = values | {name: UNKNOWN}
        assert found != answer_of(send(house.agency, recipe, ADA, lost, own), lost)
        assert found.status < 500


@pytest.mark.parametrize("by", [ADA, BO])
@pytest.mark.parametrize("recipe", WITH_IDS, ids=str)
def test_what_one_may_not_know_is_as_what_does_not_exist(
    house: House, recipe: Recipe, by: int
) -> None:
    """Foreign, deleted and hidden are as unknown, to the byte; nothing is changed."""
    for values_of in variations(house.things, recipe, by):
        answers = {fate: answered(house, recipe, by, values) for fate, values in values_of.items()}
        assert_all_as(answers["unknown 0"], answers)
        assert_refused(recipe, answers["unknown 0"])
    house.record.assert_untouched()


def answered(house: House, recipe: Recipe, by: int | None, values: dict[str, Any]) -> Answer:
    own = house.things.own[by if by in house.things.own else ADA]
    return answer_of(send(house.agency, recipe, by, values, own), values)


def assert_all_as(first: Answer, answers: dict[str, Answer]) -> None:
    assert answers == dict.fromkeys(answers, first)


def assert_refused(recipe: Recipe, answer: Answer) -> None:
    """Reports find nothing (D4.7), lists fail one by one, all else is refused."""
    if recipe in LISTS and answer.status == 200:
        assert answer.text.startswith('{"success":[],'), answer.text
    elif not recipe.path.startswith("/reports"):
        assert 400 <= answer.status < 500, answer.text


@pytest.mark.parametrize("by", [CLEO, GONE])
@pytest.mark.parametrize("recipe", [one for one in WITH_IDS if not one.public], ids=str)
def test_strangers_and_the_deactivated_learn_nothing(house: House, recipe: Recipe, by: int) -> None:
    """The agency's ids are as unknown to them as those of nothing at all (D9.2)."""
    real = own_path(recipe, house.things.own[ADA])
    none = {name: UNKNOWN_CODE if name == "code" else UNKNOWN for name in real}
    found, lost = (answered(house, recipe, by, values) for values in (real, none))
    assert found == lost
    assert_untold(found.text, AGENCY_WORDS)
    if "{workspace_id}" in recipe.path or "{organization_id}" in recipe.path:
        assert (found.status, found.text) == refusal_of_strangers(recipe)
    house.record.assert_untouched()


def refusal_of_strangers(recipe: Recipe) -> tuple[int, str]:
    """The families' texts; saved reports and schedules have their own (dossier 10.2)."""
    if "{organization_id}" in recipe.path:
        return 404, '"Organization not found/accessible"'
    if "/reports/shared" in recipe.path:
        return 404, '"Workspace not found/accessible."'
    if "/scheduled_reports" in recipe.path:
        return 404, NO_WORKSPACE
    return 403, NO_WORKSPACE


@pytest.mark.parametrize("recipe", CLOSED, ids=str)
def test_nobody_is_asked_who_he_is(house: House, recipe: Recipe) -> None:
    """D9.1, whether the thing is there or not."""
    real = own_path(recipe, house.things.own[ADA])
    for values in (real, dict.fromkeys(real, UNKNOWN)):
        answer = send(house.agency, recipe, None, values, house.things.own[ADA])
        assert answer.status_code == 401
        if recipe.path.startswith("/reports"):
            assert answer.text == '"Unable to extract authentication data"'
        else:
            assert (answer.text, answer.headers["x-authorization-missing"]) == ("", "true")
    house.record.assert_untouched()


@pytest.mark.parametrize("by", [ADA, BO])
@pytest.mark.parametrize("probe", PROBES, ids=str)
def test_ids_in_bodies_and_queries_tell_nothing(house: House, probe: Probe, by: int) -> None:
    """Foreign, deleted and hidden are as unknown; nothing is changed (D4.7, D9.2)."""
    absent = house.things.absent_for(by, probe.kind)
    answers = {
        f"{fate} {place}": tried(house, probe, by, value)
        for fate, values in absent.items()
        for place, value in enumerate(values)
    }
    first = answers["unknown 0"]
    assert_all_as(first, answers)
    assert 400 <= first.status < 500 if probe.refuses else first.status < 500, first.text
    house.record.assert_untouched()


def tried(house: House, probe: Probe, by: int, value: Any) -> Answer:
    """The probe with this id in its place."""
    own = house.things.own[by] | {"?": value}
    values = own_path(probe.recipe, own)
    path = probe.recipe.path.format(**values)
    key = "params" if probe.recipe.method == "GET" else "json"
    more = {key: fill(probe.recipe.body, own)}
    answer = house.agency.ask(probe.recipe.method, path, by, **more)
    return answer_of(answer, values | {"?": value})


@pytest.mark.parametrize("by", [BO, CLEO, GONE])
@pytest.mark.parametrize("recipe", [one for one in CASES if one.is_safe], ids=str)
def test_reading_tells_nobody_what_is_not_for_him(house: House, recipe: Recipe, by: int) -> None:
    """A member nothing hidden, a stranger and who is deactivated nothing of the agency."""
    if recipe.public or not recipe.works:
        return
    own = house.things.own[BO if by == BO else ADA]
    answer = send(house.agency, recipe, by, own_path(recipe, own), own)
    assert answer.status_code < 500
    if by == BO:
        assert_untold(answer.text, (*FOREIGN_WORDS, "HIDDEN"))
        return
    owned = ("gone@",) if by == GONE else ()
    assert_untold(answer.text, [word for word in AGENCY_WORDS if word not in owned])


@pytest.mark.parametrize("by", [ADA, BO, CLEO, GONE])
@pytest.mark.parametrize("path", CHANGED, ids=str)
def test_what_has_changed_tells_nobody_what_is_not_for_him(
    house: House, path: str, by: int
) -> None:
    """The lists that also tell of deleted and archived things, and everything of a profile at once."""
    text = house.agency.ask("GET", path, by).text
    words = {
        ADA: FOREIGN_WORDS,
        BO: (*FOREIGN_WORDS, "HIDDEN"),
        CLEO: AGENCY_WORDS,
        GONE: ("AGENCYSECRET", "ada@", "bo@"),
    }
    assert_untold(text, words[by])


def assert_untold(text: str, words: Any) -> None:
    told = [word for word in words if word in text]
    assert not told, text[:2000]


@pytest.mark.parametrize("by", [ADA, BO])
@pytest.mark.parametrize("recipe", LISTS, ids=str)
def test_in_a_list_only_ones_own_is_changed(
    fresh: FreshCopy, house: House, recipe: Recipe, by: int
):
    """`own,foreign` does what `own,unknown` does, and leaves the others alone."""
    things = house.things
    (name,) = [one for one in parameters(recipe) if one.endswith("_ids")]
    kind = parameters(recipe)[name]
    own = own_path(recipe, things.own[by])
    answers = {}
    for fate, numbers in things.absent_for(by, kind).items():
        for number in numbers[:1]:
            with fresh() as agency:
                record = Record(agency)
                other = record.dump(OTHER)
                values = own | {name: f"{own[name]},{number}"}
                answer = send(agency, recipe, by, values, things.own[by])
                answers[fate] = answer_of(answer, {"": number})
                assert record.dump(OTHER) == other
    first = answers["unknown"]
    assert answers == dict.fromkeys(answers, first)
    if first.status == 200 and by == ADA:
        assert first.text.startswith(f'{{"success":[{own[name]}],"failure":['), first.text
