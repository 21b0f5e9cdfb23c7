"""Personal data of staff: what a closed account holds and how it ends.

Name, mail and ways of signing in go after the term; the number of the account, its roles with their days and the
deeds done under it stay, for the journal and the history of cases name the account and the role, never the name.
"""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount

from otklik.accounts.models import Holding, Notice, User
from otklik.audit.services import Entry, record_many
from otklik.common.models import Municipality


def shown_of(user: User) -> dict[str, str]:
    """What the account holds about the person, for an answer to the person's own request."""
    known = {"имя для входа": user.username, "фамилия и инициалы": user.name, "почта": user.email}
    return {name: value for name, value in known.items() if value}


def erase_old(municipality: Municipality, now: datetime, years: int = 3) -> int:
    """Erase accounts of the municipality closed more than `years` ago (retention.accounts_years); how many."""
    here = Holding.objects.filter(municipality=municipality)
    edge = (now - timedelta(days=365 * years)).date()
    closed = User.objects.filter(
        is_active=False, erased_at=None, closed_on__lt=edge, pk__in=here.values("user")
    )
    waiting = list(closed[:1000])
    for user in waiting:
        _erase(user, now)
    record_many([Entry(user, "accounts.erased", why="истёк срок хранения") for user in waiting], municipality)
    return len(waiting)


def _erase(user: User, now: datetime) -> None:
    for kept in (EmailAddress, Authenticator, SocialAccount):
        kept.objects.filter(user=user).delete()
    Notice.objects.filter(user=user).delete()
    user.username, user.name, user.email, user.settings = f"closed-{user.pk}", "", "", {}
    user.erased_at = now
    user.set_unusable_password()
    user.save()
