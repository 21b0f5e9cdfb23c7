"""A look at a community of VK: its wall and its description, by the service token.

groups.getById with `verified`, `members_count`, `description`, `site` (schema 5.199); before version 5.139 the
answer was a bare list. Whether VK's special sign of a state organisation has a field of its own is not documented.
"""

from datetime import UTC, datetime
from typing import Any

from otklik.channels.adapters.source import Account, Unreachable
from otklik.channels.adapters.vk.client import UNSHAPED, Vk, items_of
from otklik.channels.looking import Sight, week_of, words

KEYLESS = "Для проверки страницы нужен сервисный ключ ВКонтакте: впишите секрет service_token в канал."
NEWEST = 50


def see(account: Account, outer_id: str, now: datetime) -> Sight:
    """The community by its number, with or without a minus. Raises Unreachable, VkError."""
    vk = Vk(account)
    if not vk.has_service:
        raise Unreachable(KEYLESS)
    number = outer_id.strip().lstrip("-").removeprefix("club").removeprefix("public")
    if not number.isdecimal():
        raise Unreachable(f"Номер страницы «{outer_id}» — не число: впишите номер сообщества.")
    told = vk.as_service(
        "groups.getById", group_id=number, fields="members_count,verified,description,site,status"
    )
    page = _first(told)
    moments = [
        datetime.fromtimestamp(row["date"], UTC)
        for row in items_of(vk.as_service("wall.get", owner_id=f"-{number}", count=NEWEST))
        if isinstance(row.get("date"), int)
    ]
    last, in_week = week_of(moments, now)
    members = page.get("members_count")
    return Sight(
        answers=not page.get("deactivated"),
        words="Сообщество заблокировано или удалено." if page.get("deactivated") else "",
        last_post_at=last,
        posts_in_week=in_week,
        followers=members if isinstance(members, int) else None,
        verified=bool(page["verified"]) if "verified" in page else None,
        text=words(page.get("name"), page.get("description"), page.get("site"), page.get("status")),
    )


def _first(told: Any) -> dict[str, Any]:
    rows = told.get("groups") if isinstance(told, dict) else told
    if not isinstance(rows, list) or not rows or not isinstance(rows[0], dict):
        raise Unreachable(UNSHAPED)
    return rows[0]
