"""Names of an import and the ids they stand for; what the record lacks is made, batch by batch."""

from collections import Counter, defaultdict

from sqlalchemy import Connection

from gnomon.errors import BadData
from gnomon.model.account import Account, Membership, Role
from gnomon.model.catalog import PROJECT_COLORS, Client, Project, Tag, Task
from gnomon.model.imported import ImportedRow
from gnomon.store.accounts import add_account, find_account_by_email, folded_email
from gnomon.store.catalog import add_nouns, load_catalog, put_nouns
from gnomon.store.ids import IdStock, new_id
from gnomon.store.workspaces import load_members, put_membership

NAME_LENGTH_MAX = 3_000
NAMED_MAX = 100  # of each kind, to be shown


class NameBook:
    """Knows every name of the workspace; `save` writes the clients, projects, tasks and tags that were made."""

    def __init__(self, connection: Connection, workspace_id: int, timezone: str, at: int) -> None:
        self.made: Counter[str] = Counter()
        self.named: defaultdict[str, list[str]] = defaultdict(list)
        self._connection = connection
        self._workspace_id = workspace_id
        self._timezone = timezone
        self._at = at
        catalog = load_catalog(connection, workspace_id)
        self._clients = {client.name: client.client_id for client in catalog.clients}
        self._projects = {
            (project.client_id, project.name): project.project_id for project in catalog.projects
        }
        self._tasks = {(task.project_id, task.name): task.task_id for task in catalog.tasks}
        self._tags = {tag.name: tag.tag_id for tag in catalog.tags}
        self._load_people()
        self._ids = {
            kind: IdStock(connection, kind) for kind in ("client", "project", "task", "tag")
        }
        self._new: tuple[list[Client], list[Project], list[Task], list[Tag]] = (
            [],
            [],
            [],
            [],
        )

    def _load_people(self) -> None:
        members = [member.account for member in load_members(self._connection, self._workspace_id)]
        self._by_email = {
            folded_email(account.email): account.user_id for account in members if account.email
        }
        self._by_name = {account.name: account.user_id for account in reversed(members)}
        self._without_email = {
            account.name: account.user_id for account in members if not account.email
        }

    def user_id(self, email: str, name: str) -> int:
        """By e-mail where the row has one, else by name; a missing person becomes a member (D11.2)."""
        if email:
            known = self._by_email.get(folded_email(email), self._without_email.get(name))
        else:
            known = self._by_name.get(name)
        return known if known is not None else self._new_person(email, name)

    def _new_person(self, email: str, name: str) -> int:
        account = find_account_by_email(self._connection, email) if email else None
        if account is None:
            user_id = new_id(self._connection, "user")
            account = Account(
                user_id=user_id,
                name=_name(name),
                email=email or None,
                timezone=self._timezone,
            )
            add_account(self._connection, account, self._at)
        put_membership(
            self._connection,
            Membership(
                workspace_id=self._workspace_id,
                user_id=account.user_id,
                role=Role.MEMBER,
                updated_at=self._at,
            ),
        )
        if email:
            self._by_email[folded_email(email)] = account.user_id
        else:
            self._without_email[name] = account.user_id
        self._by_name.setdefault(name, account.user_id)
        self._note("users", name)
        return account.user_id

    def project_id(self, row: ImportedRow) -> int | None:
        client_id = self._client_id(row.client)
        if not row.project:
            return None
        key = (client_id, _name(row.project))
        if key not in self._projects:
            project_id = self._ids["project"].next_id()
            color = PROJECT_COLORS[len(self._projects) % len(PROJECT_COLORS)]
            self._projects[key] = project_id
            self._new[1].append(
                Project(
                    project_id=project_id,
                    name=row.project,
                    client_id=client_id,
                    color=color,
                    created_at=self._at,
                    updated_at=self._at,
                )
            )
            self._note("projects", row.project)
        return self._projects[key]

    def _client_id(self, name: str) -> int | None:
        if not name:
            return None
        if _name(name) not in self._clients:
            self._clients[name] = self._ids["client"].next_id()
            self._new[0].append(
                Client(client_id=self._clients[name], name=name, updated_at=self._at)
            )
            self._note("clients", name)
        return self._clients[name]

    def task_id(self, project_id: int | None, name: str) -> int | None:
        if not name or project_id is None:
            return None
        key = (project_id, _name(name))
        if key not in self._tasks:
            self._tasks[key] = self._ids["task"].next_id()
            self._new[2].append(
                Task(
                    task_id=self._tasks[key], project_id=project_id, name=name, updated_at=self._at
                )
            )
            self._note("tasks", name)
        return self._tasks[key]

    def tag_id(self, name: str) -> int:
        if _name(name) not in self._tags:
            self._tags[name] = self._ids["tag"].next_id()
            self._new[3].append(Tag(tag_id=self._tags[name], name=name, updated_at=self._at))
            self._note("tags", name)
        return self._tags[name]

    def _note(self, kind: str, name: str) -> None:
        self.made[kind] += 1
        if len(self.named[kind]) < NAMED_MAX:
            self.named[kind].append(name)

    def save(self) -> None:
        """Write what was made since the last time."""
        clients, projects, tasks, tags = self._new
        add_nouns(self._connection, self._workspace_id, clients)
        put_nouns(self._connection, self._workspace_id, projects)
        add_nouns(self._connection, self._workspace_id, tasks)
        add_nouns(self._connection, self._workspace_id, tags)
        self._new = ([], [], [], [])


def _name(name: str) -> str:
    if len(name) > NAME_LENGTH_MAX or "\0" in name:
        raise BadData(f"A name has at most {NAME_LENGTH_MAX} characters and no NUL.")
    return name
