"""Settings of an OK channel: official groups of the town, the application, limits.

Settings: `groups` — [{"group_id": "5…", "title": "…"}], `application_key`, `topics` (how many newest posts are
followed), `comments_every` (seconds), `open_pages` (numbers of open groups), `words`, `open_every`, `comment_more`
(further parameters of a comment), `comment_limit`, `message_limit`, `base_url`. Secrets: `access_token` with
`session_secret_key` (or `application_secret_key`, from which it is counted) for comments, `group_token` for messages of
the group, `secret` for calls; `group_token-GROUP` and `secret-GROUP` hold for one group.
"""

from dataclasses import dataclass
from typing import Any

from otklik.channels.adapters.source import Account, Unreachable

BASE = "https://api.ok.ru"
# Not documented; a comment of the site and a message of Bot API are held to the shortest that was seen.
LONGEST = 2000
NO_GROUPS = "В настройках канала нет групп: впишите в groups номер и название группы в Одноклассниках."


@dataclass(frozen=True)
class Group:
    """An official group of the town."""

    group_id: str
    title: str

    @property
    def link(self) -> str:
        """The address of the group that never changes."""
        return f"https://ok.ru/group/{self.group_id}"


def groups_of(account: Account) -> list[Group]:
    """The official groups. Raises Unreachable when the settings name none."""
    rows = account.settings.get("groups") or []
    groups = [group for row in rows if (group := _group(row)) is not None]
    if not groups:
        raise Unreachable(NO_GROUPS)
    return groups


def secret_of(account: Account, name: str, group: Group) -> str:
    """A secret of the group, else the one common to all; empty when neither is set."""
    return account.secrets.get(f"{name}-{group.group_id}") or account.secrets.get(name, "")


def number(account: Account, name: str, usual: int) -> int:
    """A whole number of the settings; what cannot be one is left at its usual value."""
    value = account.settings.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else usual


def _group(row: Any) -> Group | None:
    group_id = str(row.get("group_id", "")) if isinstance(row, dict) else ""
    return Group(group_id, str(row.get("title") or f"группа {group_id}")) if group_id.isdecimal() else None
