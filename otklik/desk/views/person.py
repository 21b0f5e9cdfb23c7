"""One account: roles, cases in hand, a new first password, closing when the person leaves, opening it again."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from otklik.accounts.closing import close_account, last_day_before, renew_password, reopen_account
from otklik.accounts.models import Holding, User
from otklik.accounts.selectors import people_of
from otklik.cases.selectors import cases_for, in_hands_of
from otklik.cases.services import release_cases
from otklik.common.models import Municipality
from otklik.common.words import count
from otklik.desk.forms.people import CloseForm, FirstPasswordForm
from otklik.desk.page import done, needs, page_or_part
from otklik.desk.request import DeskRequest


def find_person(request: DeskRequest, key: int) -> User:
    """Somebody who holds or held a role here; 404 otherwise."""
    found = people_of(request.municipality).filter(pk=key).first()
    if found is None:
        raise Http404
    return found


@require_safe
@needs("accounts.manage")
def account(request: DeskRequest, key: int) -> HttpResponse:
    """What the person holds and has in hand, and the deed that ends or renews it."""
    return shown(request, find_person(request, key))


def shown(
    request: DeskRequest,
    person: User,
    close_form: CloseForm | None = None,
    password_form: FirstPasswordForm | None = None,
) -> HttpResponse:
    """The page, with the forms as they were typed when one of them is not good."""
    town = request.municipality
    cases = list(in_hands_of(person, town))
    seen = cases_for(request.user, town, request.rights).filter(pk__in=[case.pk for case in cases])
    proposed = {"on": last_day_before(timezone.localdate())}
    context = {
        "person": person,
        "roles": Holding.objects.filter(municipality=town, user=person)
        .select_related("role", "body", "post")
        .order_by("-until", "role__position"),
        "cases": cases,
        # Who keeps the accounts sees how much is in hand; what is written there only by the right to see it.
        "seen": set(seen.values_list("pk", flat=True)),
        "close_form": close_form or CloseForm(town, initial=proposed),
        "password_form": password_form or FirstPasswordForm(town),
        "is_me": person == request.user,
    }
    is_typed = (close_form or password_form) is not None
    return page_or_part(request, "people/account", context, status=422 if is_typed else 200)


@require_POST
@needs("accounts.manage")
def close(request: DeskRequest, key: int) -> HttpResponse:
    """End sessions and roles at once; cases in hand go back to the queues of their bodies."""
    person = find_person(request, key)
    form = CloseForm(request.municipality, request.POST)
    if not form.is_valid():
        return shown(request, person, close_form=form)
    reason, on = form.cleaned_data["reason"], form.cleaned_data["on"]
    close_account(person, request.municipality, request.user, reason, on)
    why = f"учётная запись исполнителя закрыта: {reason}"
    freed = release_cases(person, request.municipality, request.user, timezone.now(), why)
    told = f"Учётная запись «{person.username}» закрыта"
    if freed:
        told += f", {count(len(freed), 'карточка вернулась', 'карточки вернулись', 'карточек вернулось')} в очередь"
    return done(request, told, reverse("desk:person", args=[key]))


@require_POST
@needs("accounts.manage")
def reopen(request: DeskRequest, key: int) -> HttpResponse:
    """Let the person in again, with a first password; roles are given anew."""
    return _with_password(request, key, reopen_account, "Учётная запись «{}» открыта. Дайте ей роль")


@require_POST
@needs("accounts.manage")
def renew(request: DeskRequest, key: int) -> HttpResponse:
    """Who has forgotten the password or lost the telephone signs in by a new first password."""
    said = "Новый пароль «{}» действует. Передайте его сотруднику: при входе он его сменит"
    return _with_password(request, key, renew_password, said)


def _with_password(
    request: DeskRequest, key: int, give: Callable[[User, Municipality, str, User], None], said: str
) -> HttpResponse:
    """Give the first password typed here by this deed; the page again where it is not good."""
    person = find_person(request, key)
    form = FirstPasswordForm(request.municipality, request.POST)
    if not form.is_valid():
        return shown(request, person, password_form=form)
    give(person, request.municipality, form.cleaned_data["password"], request.user)
    return done(request, said.format(person.username), reverse("desk:person", args=[key]))
