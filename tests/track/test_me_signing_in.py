"""Who comes in: by mail and password as well as by token, and nobody without."""

from tests.track.asking import V9, Asker
from tests.wire.agency import PASSWORD


def signs_in(agency: Asker, email: str, password: str) -> int:
    return agency.ask("GET", "/me", auth=(email, password)).status_code


def test_mail_and_password_are_as_good_as_the_token(agency: Asker) -> None:
    assert signs_in(agency, "ada@example.com", PASSWORD) == 200
    assert signs_in(agency, "ada@example.com", "wrong") == 403
    assert signs_in(agency, "nobody@example.com", PASSWORD) == 403


ROUTES = [
    *[
        ("GET", f"/me{rest}")
        for rest in (
            "",
            "/logged",
            "/id",
            "/location",
            "/features",
            "/quota",
            "/preferences",
            "/clients",
            "/projects",
            "/projects/paginated",
            "/tags",
            "/tasks",
            "/workspaces",
            "/organizations",
        )
    ],
    ("GET", "/workspaces"),
    ("PUT", "/me"),
    ("POST", "/me/preferences"),
    ("POST", "/me/reset_token"),
    ("POST", "/me/sessions"),
]


def test_nobody_is_nobody(agency: Asker) -> None:
    """D9.1"""
    for method, path in ROUTES:
        answer = agency.http.request(method, f"{V9}{path}")
        assert (answer.status_code, answer.content) == (401, b""), (method, path)
        assert answer.headers["x-authorization-missing"] == "true"
