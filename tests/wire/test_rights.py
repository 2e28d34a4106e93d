"""An answer that was made with older rights is nobody else's (D9.4)."""

from dataclasses import replace
from pathlib import Path

from gnomon.store.changes import Touched, take_change
from gnomon.store.workspaces import find_workspace, put_workspace
from gnomon.web.application import make_application
from gnomon.web.auth import Credentials
from gnomon.web.reports import answering
from gnomon.web.reports.asking import Asking
from gnomon.web.reports.summary import summary_work
from tests.client import Client
from tests.wire.agency import AGENCY, TOKENS, agency_services

BODY = b'{"start_date":"2026-01-01","end_date":"2026-01-31"}'
PATH = f"/reports/api/v3/workspace/{AGENCY.workspace_id}/summary/time_entries"


def test_an_answer_of_older_rights_is_kept_for_them_only(tmp_path: Path) -> None:
    """A request that began before amounts were hidden ends after; the next one of the same member sees none."""
    with agency_services(tmp_path) as services:

        def hide_amounts(*, is_hidden: bool) -> None:
            def change(connection) -> None:
                take_change(connection, AGENCY.workspace_id, Touched.WORKSPACE, 0)
                workspace = find_workspace(connection, AGENCY.workspace_id)
                assert workspace is not None
                changed = replace(workspace, only_admins_see_billable_rates=is_hidden)
                put_workspace(connection, changed)

            services.database.write(change)

        hide_amounts(is_hidden=False)
        bo = Credentials(TOKENS[2], "api_token")
        account, standing = services.authenticator.look_up(bo, AGENCY.workspace_id)
        assert account is not None
        assert standing is not None
        hide_amounts(is_hidden=True)
        services.tables.fresh_table(
            AGENCY.workspace_id
        )  # somebody else's report brought it up to date
        late = Asking(account, standing, BODY)
        answer, _ = answering.answer_for("summary", late, services, summary_work)
        assert b"hourly_rate_in_cents" in answer.body
        client = Client(make_application(services))
        now = client.post(PATH, content=BODY, auth=(TOKENS[2], "api_token"))
        assert now.status_code == 200
        assert "hourly_rate_in_cents" not in now.text
