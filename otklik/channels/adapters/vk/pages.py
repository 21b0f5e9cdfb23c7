"""Settings of a VK channel: official pages of the town, open pages that are read, limits.

Settings: `pages` — [{"group_id": 1, "title": "…"}], `long_poll` (false: calls alone), `open_pages` — short addresses
or ids, `words`, `open_every`, `gap_posts`, `version`, `wait`, `per_second`, `service_per_second`, `comment_limit`,
`message_limit`, `base_url`. Secrets: `token`, `service_token`, `secret`, `confirmation`, `editor_token` (a key of an
administrator, for pictures of posts); the name with `-GROUP` at its end holds for one page.
"""

from dataclasses import dataclass
from typing import Any

from otklik.channels.adapters.source import Account, Unreachable

BASE = "https://api.vk.com"
VERSION = "5.199"
# Twenty calls a second for a community's token, three for a user's or an application's (dev.vk.com, API limits).
PER_SECOND = 20
SERVICE_PER_SECOND = 3
# Private messages: documented by error 914. Comments: not documented, held to the same.
LONGEST = 4096
NO_PAGES = "В настройках канала нет страниц: впишите в pages номер и название сообщества."


@dataclass(frozen=True)
class Page:
    """An official page (community) of the town."""

    group_id: int
    title: str

    @property
    def owner_id(self) -> int:
        """How a community is named as the owner of a wall."""
        return -self.group_id

    @property
    def link(self) -> str:
        """The address of the page that never changes."""
        return f"https://vk.com/club{self.group_id}"


def pages_of(account: Account) -> list[Page]:
    """The official pages. Raises Unreachable when the settings name none."""
    rows = account.settings.get("pages") or []
    pages = [page for row in rows if (page := _page(row)) is not None]
    if not pages:
        raise Unreachable(NO_PAGES)
    return pages


def page_of(account: Account, owner_id: int) -> Page | None:
    """The official page with this wall; None for a wall of others."""
    return next((page for page in pages_of(account) if page.owner_id == owner_id), None)


def secret_of(account: Account, name: str, page: Page) -> str:
    """A secret of the page, else the one common to all; empty when neither is set."""
    return account.secrets.get(f"{name}-{page.group_id}") or account.secrets.get(name, "")


def number(account: Account, name: str, usual: int) -> int:
    """A whole number of the settings; what cannot be one is left at its usual value."""
    value = account.settings.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else usual


def _page(row: Any) -> Page | None:
    if not isinstance(row, dict) or not str(row.get("group_id", "")).strip("-").isdecimal():
        return None
    group_id = abs(int(row["group_id"]))
    return Page(group_id, str(row.get("title") or f"club{group_id}"))
