"""Closing of an account and opening it again: who has left signs in no more, and what was held ends with it.
Who has lost the password or the telephone with codes gets a new first password.

Cases in the person's hands are handed over by `cases.services.release_cases`, which knows of cases.
"""

from datetime import date, timedelta

from allauth.mfa.models import Authenticator
from django.db.models import Q
from django.utils import timezone

from otklik.accounts.models import Absence, Holding, User
from otklik.accounts.selectors import municipality_ids_of
from otklik.accounts.services import end_role
from otklik.audit.services import record
from otklik.common.errors import Refused
from otklik.common.models import Municipality


def close_account(user: User, municipality: Municipality, by: User, reason: str, on: date) -> int:
    """Close the account after its last day `on`; returns how many roles have ended with it.

    Sessions end at once: an account that is off is nobody's, and the password that signed them is gone.
    Raises `Refused` for one's own account, one in use elsewhere, a day ahead, or without a reason.
    """
    _refuse(user, municipality, by, reason, on)
    user.is_active, user.closed_on, user.close_reason = False, on, reason.strip()[:300]
    user.set_unusable_password()
    user.save(update_fields=["is_active", "closed_on", "close_reason", "password"])
    held = Holding.objects.filter(
        Q(until__isnull=True) | Q(until__gt=on), user=user, municipality=municipality
    )
    ended = [end_role(holding, by, on) for holding in held.select_related("municipality")]
    _end_substitutions(user, municipality, on)
    record(user, "accounts.user_closed", by, municipality, why=user.close_reason, details={"on": str(on)})
    return len(ended)


def _refuse(user: User, municipality: Municipality, by: User, reason: str, on: date) -> None:
    if user == by:
        raise Refused("Свою учётную запись закрывает другой администратор.")
    if not user.is_active:
        raise Refused("Эта учётная запись уже закрыта.")
    if set(municipality_ids_of(user)) - {municipality.pk}:
        raise Refused(
            "Сотрудник работает и в другом муниципалитете. Снимите его роли здесь, запись останется."
        )
    if not reason.strip():
        raise Refused("Назовите причину: она останется в журнале.")
    if on > timezone.localdate():
        raise Refused("Последний рабочий день ещё впереди. Закройте запись, когда он пройдёт.")


def _end_substitutions(user: User, municipality: Municipality, on: date) -> None:
    """Nobody is left to act in another's place: a substitution under way ends, one ahead is taken off."""
    ahead = Absence.objects.filter(substitute=user, municipality=municipality, until__gt=on)
    ahead.filter(since__gt=on).delete()
    ahead.update(until=on)


def reopen_account(user: User, municipality: Municipality, password: str, by: User) -> None:
    """Let a returned person in with a new first password; roles are given anew. Raises `Refused`."""
    if user.is_active:
        raise Refused("Эта учётная запись открыта.")
    if user.erased_at:
        raise Refused("Учётная запись обезличена по сроку хранения. Заведите новую.")
    user.is_active, user.closed_on, user.close_reason = True, None, ""
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["is_active", "closed_on", "close_reason", "password", "must_change_password"])
    record(user, "accounts.user_reopened", by, municipality)


def renew_password(user: User, municipality: Municipality, password: str, by: User) -> None:
    """A new first password for somebody who cannot sign in: the old one and the codes are no more, so sessions end.

    Raises `Refused` for one's own account, a closed one, and one whose rights reach beyond this municipality.
    """
    if user == by:
        raise Refused("Свой пароль меняют в «Профиле».")
    if not user.is_active:
        raise Refused("Эта учётная запись закрыта. Откройте её снова.")
    if user.is_superuser or set(municipality_ids_of(user)) - {municipality.pk}:
        raise Refused("Сотрудник работает и в другом муниципалитете. Пароль сменит администратор программы.")
    Authenticator.objects.filter(user=user).delete()
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    record(user, "accounts.password_renewed", by, municipality)


def last_day_before(today: date) -> date:
    """What the form proposes: yesterday, so the roles end at once."""
    return today - timedelta(days=1)
