"""Who runs the house: roles, the workspace's mark on what clients see, reports by mail, and doors that stay shut."""

from pathlib import Path

from playwright.sync_api import Page, expect

from gnomon.web.failures import FAILURES_MAX
from tests.pages.browser.acts import eventually, expect_heading, press, sign_in, tick
from tests.pages.browser.site import Site
from tests.pages.browser.visitors import Visitors
from tests.pages.browser.watch import Watch
from tests.pages.browser.ways import on_desk_and_phone, with_and_without_script
from tests.track.asking import ADA, BO
from tests.track.matrix_recipe import png
from tests.track.people import members
from tests.wire.saving import params, save

WIDTH = "one => one.naturalWidth"
SETTINGS, SAVED = "/w/10/settings", "/w/10/saved"


@on_desk_and_phone
def test_the_logo_stands_on_shared_reports(
    ada: Page, visitors: Visitors, site: Site, tmp_path: Path
) -> None:
    file = tmp_path / "logo.png"
    file.write_bytes(png())
    shared = save(site.agency.http, name="January", public=True, params=params("summary"))
    ada.goto(SETTINGS)
    ada.get_by_label("PNG or JPEG").set_input_files(file)
    press(ada, "Use this logo")
    eventually(lambda: ada.get_by_alt_text("The present logo").evaluate(WIDTH), 64)
    guest = visitors.come()
    guest.goto(f"/shared-report/{shared['token']}")
    assert guest.locator(".letterhead img").evaluate(WIDTH) == 64
    press(ada, "Remove the logo")
    expect(ada.get_by_alt_text("The present logo")).to_have_count(0)
    guest.reload()
    expect(guest.locator(".letterhead img")).to_have_count(0)


@with_and_without_script
def test_what_is_no_picture_is_refused(ada: Page, visitors: Visitors, tmp_path: Path) -> None:
    visitors.watch(ada).expect_status(400)
    file = tmp_path / "logo.png"
    file.write_text("<svg onload='alert(1)'>")
    ada.goto(SETTINGS)
    ada.get_by_label("PNG or JPEG").set_input_files(file)
    press(ada, "Use this logo")
    expect(ada.get_by_role("alert")).to_contain_text("PNG or a JPEG")
    ada.goto(SETTINGS)
    expect(ada.get_by_alt_text("The present logo")).to_have_count(0)


@on_desk_and_phone
def test_a_role_opens_and_shuts_doors_at_once(ada: Page, bo: Page, site: Site) -> None:
    settings = bo.get_by_role("navigation", name="Main").get_by_role("link", name="Settings")
    for role, told, count in (("admin", "admin", 1), ("member", "user", 0)):
        ada.goto("/w/10/people/2")
        ada.get_by_label("Role").select_option(role)
        press(ada, "Save")
        eventually(lambda: members(site.agency)[BO]["role"], told)
        bo.goto("/w/10/timer")
        expect(settings).to_have_count(count)


@on_desk_and_phone
def test_who_is_deactivated_is_out(ada: Page, bo: Page, visitors: Visitors, site: Site) -> None:
    visitors.watch(bo).expect_status(404)
    chip = ada.locator("li").filter(has_text="bo@example.com").get_by_text("deactivated")
    ada.goto("/w/10/people/2")
    press(ada, "Deactivate")
    expect(ada).to_have_url(site.at("/w/10/people"))
    expect(chip).to_be_visible()
    ada.goto("/w/10/people/2")
    bo.goto("/w/10/timer")
    expect_heading(bo, "Nothing here")
    press(ada, "Bring back")
    expect(ada.get_by_role("button", name="Deactivate")).to_be_visible()
    bo.goto("/w/10/timer")
    expect_heading(bo, "Timer")


@on_desk_and_phone
def test_a_report_is_mailed_until_it_is_not(ada: Page, site: Site) -> None:
    report = save(site.agency.http, name="January", public=True, params=params("summary"))
    ada.goto(f"{SAVED}/{report['id']}")
    form = ada.locator("form").filter(has=ada.get_by_label("How often"))
    form.get_by_label("How often").select_option(label="Every day")
    tick(form, "Bo")
    press(form, "Mail it")
    expect(ada.get_by_text("Daily to Ada, Bo")).to_be_visible()
    [schedule] = site.agency.get("/workspaces/10/scheduled_reports")
    assert (schedule["user_ids"], schedule["frequency"]) == ([ADA, BO], 1)
    ada.goto(SAVED)
    expect(ada.get_by_text("mailed", exact=True)).to_be_visible()
    ada.goto(f"{SAVED}/{report['id']}")
    press(ada, "Mail it no more")
    expect(ada.get_by_role("button", name="Mail it", exact=True)).to_be_visible()
    assert site.agency.get("/workspaces/10/scheduled_reports") in (None, [])


@with_and_without_script
def test_who_guesses_has_to_wait(page: Page, site: Site, watch: Watch) -> None:
    watch.expect_status(403, 429)
    page.goto("/sign-in")
    for _ in range(FAILURES_MAX):
        sign_in(page, "ada@example.com", "wrong horse")
        expect(page.get_by_role("alert")).to_contain_text("wrong")
    sign_in(page, "ada@example.com")
    expect(page.get_by_role("alert")).to_contain_text("Too many attempts. Try again in 15 minutes.")
    site.wait(minutes=16)
    sign_in(page, "ada@example.com")
    expect_heading(page, "Timer")
