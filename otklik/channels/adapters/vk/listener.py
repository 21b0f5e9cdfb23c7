"""The way in from VK by calls: the Callback API of each page. Its rules: dev.vk.com, «Callback API».

The network signs nothing; a call is believed by the secret of the page, which is therefore required. It repeats a
call until it reads «ok», so a repeat is answered like the first.
"""

import hmac
import json
from typing import Any

from otklik.channels.adapters.source import Account, Call, Heard, Stranger, Unread
from otklik.channels.adapters.vk.pages import Page, pages_of, secret_of
from otklik.channels.adapters.vk.reading import NOT_READ, Told, take_event


class VkListener:
    """Answers the confirmation of an address, else «ok»."""

    def hear(self, account: Account, call: Call) -> Heard:
        """What the call tells. Raises Stranger without the page's secret, Unread for a body that is no event."""
        try:
            event = json.loads(call.body)
        except ValueError:
            raise Stranger from None
        page = _page_of(account, event)
        if event.get("type") == "confirmation":
            return Heard(answer=secret_of(account, "confirmation", page))
        _check_secret(account, page, event)
        if not isinstance(event.get("object"), dict):
            raise Unread(NOT_READ, {"type": str(event.get("type"))})
        told = Told()
        take_event(told, event, page, call.now)
        return Heard([*told.incomings, *told.ahead], told.changes, told.unread)


def _page_of(account: Account, event: Any) -> Page:
    """The page the call speaks of; a call about a page of others is a stranger's."""
    group_id = event.get("group_id") if isinstance(event, dict) else None
    for page in pages_of(account):
        if page.group_id == group_id:
            return page
    raise Stranger


def _check_secret(account: Account, page: Page, event: dict[str, Any]) -> None:
    secret, given = secret_of(account, "secret", page), str(event.get("secret") or "")
    if not secret or not hmac.compare_digest(secret.encode(), given.encode()):
        raise Stranger
