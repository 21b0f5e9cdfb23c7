"""The timer's look at official pages: who is due is asked outside of transactions, what was seen is kept inside."""

from datetime import datetime

from otklik.channels.adapters.source import Account
from otklik.channels.looking import Sight, look
from otklik.channels.services.accounts import account_of
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.scope import within
from otklik.outreach.models import OfficialPage
from otklik.outreach.selectors import due_pages
from otklik.outreach.services import keep_check

AT_ONCE = 30


def check_due(municipality: Municipality, now: datetime) -> int:
    """Look at pages whose time has come; returns how many were looked at. Call outside a transaction.

    Pages of a training town lead nowhere: they are asked only of an account somebody has connected.
    """
    with within(municipality.pk):
        due = [
            (page, account)
            for page in due_pages(municipality, now, AT_ONCE)
            if (account := _account(page)) is not None or not municipality.is_demo
        ]
    for page, account in due:
        sight = look(page.url, account, page.outer_id, now)
        with within(municipality.pk):
            _keep(page.pk, sight, now)
    return len(due)


def _account(page: OfficialPage) -> Account | None:
    """The account that may ask the network; a channel whose secrets are lost is looked at as by a passer-by."""
    if page.channel is None:
        return None
    try:
        return account_of(page.channel)
    except Refused:
        return None


def _keep(page_id: int, sight: Sight, now: datetime) -> None:
    """The record may have been changed or closed while the network was asked: it is read anew."""
    page = OfficialPage.objects.select_for_update(of=("self",)).filter(pk=page_id, closed_on=None)
    found = page.select_related("municipality", "responsible_post").first()
    if found is not None:
        keep_check(found, sight, now)
