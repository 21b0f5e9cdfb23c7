"""Questions about errands: whose they are, what waits for whom, what the filters of the screen mean.

An errand is seen by who answers for it, helps, controls or gave it, by people of its body, and by holders of
`office.errands` or `office.organise`, who keep the control of all.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from otklik.accounts.models import Post, User
from otklik.accounts.selectors import Rights, held_posts
from otklik.common.models import Municipality
from otklik.office.errands.models import CoExecutor, Errand, ErrandMove
from otklik.office.errands.rules import KINDS, OPEN, WORKING, Party, allowed

SEES_ALL = frozenset({"office.errands", "office.organise"})
SHOWS = {
    "mine": "Мои",
    "accept": "На приёмку",
    "given": "Дал я",
    "control": "На контроле",
    "late": "Просрочены",
    "all": "Все",
    "done": "Закрытые",
}
HELD = "post_is_held"
"""The attribute of `Errand` that `errands_of` fills in."""


def errands_of(municipality: Municipality) -> QuerySet[Errand]:
    """All errands of the municipality, each knowing whether anybody holds its post today."""
    held = Exists(held_posts(municipality).filter(post=OuterRef("post")))
    rows = Errand.objects.filter(municipality=municipality).annotate(**{HELD: held})
    return rows.select_related("post", "body", "controller").order_by("due_on", "number")


def errands_for(user: User, municipality: Municipality, rights: Rights) -> QuerySet[Errand]:
    """Errands the person may see."""
    rows = errands_of(municipality)
    if rights.permissions & SEES_ALL:
        return rows
    return rows.filter(
        answers(rights)
        | controls(user, rights)
        | helps(rights)
        | Q(given_by=user)
        | Q(body_id__in=rights.body_ids)
    )


def errand_for(user: User, municipality: Municipality, rights: Rights, number: int) -> Errand | None:
    """The errand of this number when the person may see it."""
    rows = errands_for(user, municipality, rights).prefetch_related("helpers__post__body")
    return rows.filter(number=number).first()


def answers(rights: Rights) -> Q:
    """Errands of `errands_of` the person answers for: by the post held, or by the body where nobody holds the post."""
    return Q(post_id__in=rights.post_ids) | Q(post_is_held=False, body_id__in=rights.body_ids)


def controls(user: User, rights: Rights) -> Q:
    """Errands the person controls: by the post, or as the giver where no post controls."""
    return Q(controller_id__in=rights.post_ids) | Q(controller=None, given_by=user)


def helps(rights: Rights) -> Q:
    """Errands the person helps with."""
    return Q(pk__in=CoExecutor.objects.filter(post_id__in=rights.post_ids).values("errand"))


def parties_of(errand: Errand, user: User, rights: Rights) -> set[Party]:
    """Which sides of an errand of `errands_of` the person stands on."""
    found: set[Party] = set()
    by_body = errand.body_id in rights.body_ids and not errand.post_is_held
    if errand.post_id in rights.post_ids or by_body:
        found.add("responsible")
    if errand.controller_id in rights.post_ids or (
        errand.controller_id is None and errand.given_by_id == user.pk
    ):
        found.add("controller")
    if errand.given_by_id == user.pk:
        found.add("giver")
    if any(one.post_id in rights.post_ids for one in errand.helpers.all()):
        found.add("helper")
    return found


@dataclass(frozen=True)
class Waiting:
    """An errand that waits for the person and the first deed it waits for (a key of `rules.DEEDS`, or «decide»)."""

    errand: Errand
    deed: str


def waiting_q(user: User, rights: Rights) -> Q:
    """What waits for the person: own work without a request under way, reports and requests to decide.

    Who answers for an errand never decides on it, so the two halves do not meet.
    """
    own = answers(rights) & Q(state__in=WORKING, asked_due_on=None)
    asked = Q(state="reported") | Q(state__in=WORKING, asked_due_on__isnull=False)
    return own | (controls(user, rights) & asked & ~answers(rights))


def waiting_for(user: User, municipality: Municipality, rights: Rights, most: int = 40) -> list[Waiting]:
    """Errands that wait for this person, nearest date first: one question of the database."""
    rows = errands_of(municipality).filter(waiting_q(user, rights))
    return [Waiting(one, _first_deed(one)) for one in rows[:most]]


def _first_deed(errand: Errand) -> str:
    if errand.state == "reported":
        return "accept"
    if errand.asked_due_on is not None:
        return "extend"
    return "take" if errand.state == "given" else "report"


def count_waiting(user: User, municipality: Municipality, rights: Rights) -> int:
    """How many errands wait for this person."""
    return errands_of(municipality).filter(waiting_q(user, rights)).count()


def deeds_for(errand: Errand, user: User, rights: Rights) -> list[str]:
    """Deeds open to the person now."""
    return allowed(errand.state, parties_of(errand, user, rights), errand.asked_due_on is not None)


@dataclass(frozen=True)
class ErrandFilter:
    """Conditions of the screen as they stand in its address."""

    show: str = ""
    kind: str = ""
    body: str = ""
    post: str = ""
    q: str = ""
    since: str = ""
    until: str = ""

    @classmethod
    def read(cls, query: Mapping[str, Any]) -> "ErrandFilter":
        """The filter of an address; words it does not know count as absent."""
        told = {one.name: str(query.get(one.name, "")).strip()[:80] for one in fields(cls)}
        known = told | {
            "show": told["show"] if told["show"] in SHOWS else "",
            "kind": told["kind"] if told["kind"] in KINDS else "",
            "body": told["body"] if told["body"].isdecimal() else "",
            "post": told["post"] if told["post"].isdecimal() else "",
            **{name: told[name] if _day(told[name]) else "" for name in ("since", "until")},
        }
        return cls(**known)

    def with_(self, **changes: str) -> str:
        """The address of this filter with changes."""
        values = {one.name: getattr(self, one.name) for one in fields(self)} | changes
        return f"?{urlencode({name: value for name, value in values.items() if value})}"

    def apply(self, rows: QuerySet[Errand], user: User, rights: Rights, today: date) -> QuerySet[Errand]:
        """These errands of those the person may see; «since» and «until» are of the date due."""
        found = rows.filter(shown(self.show or "mine", user, rights, today))
        if self.show in ("done", "all"):
            found = found.order_by(F("closed_at").desc(nulls_first=True), "due_on", "number")
        exact = {"kind": self.kind, "body_id": self.body, "post_id": self.post}
        found = found.filter(**{name: value for name, value in exact.items() if value})
        if self.q:
            by_number = Q(number=int(self.q)) if self.q.isdecimal() and len(self.q) < 9 else Q()
            words = (
                Q(text__icontains=self.q) | Q(result__icontains=self.q) | Q(source_words__icontains=self.q)
            )
            found = found.filter(by_number | words if by_number else words)
        if self.since:
            found = found.filter(due_on__gte=self.since)
        return found.filter(due_on__lte=self.until) if self.until else found


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def shown(show: str, user: User, rights: Rights, today: date) -> Q:
    """The condition of one view of the screen."""
    is_open = Q(state__in=OPEN)
    match show:
        case "mine":
            return is_open & (answers(rights) | helps(rights))
        case "accept":
            return waiting_q(user, rights) & ~answers(rights)
        case "given":
            return is_open & Q(given_by=user)
        case "control":
            return is_open & controls(user, rights)
        case "late":
            return Q(state__in=WORKING, due_on__lt=today)
        case "done":
            return ~is_open
        case _:
            return Q()


def counts_of(user: User, municipality: Municipality, rights: Rights, today: date) -> dict[str, int]:
    """How many errands each view holds, in one question."""
    rows = errands_for(user, municipality, rights).order_by()
    parts = {show: Count("pk", filter=shown(show, user, rights, today)) for show in SHOWS}
    found: dict[str, int] = rows.aggregate(**parts)
    return found


def history_of(errand: Errand) -> list[ErrandMove]:
    """Everything done with the errand, the newest first, with files."""
    return list(errand.moves.prefetch_related("files__file"))


def posts_to_give(municipality: Municipality) -> QuerySet[Post]:
    """Posts an errand may be given to: those of bodies that act, by body and title."""
    rows = Post.objects.filter(municipality=municipality, body__is_open=True).select_related("body")
    return rows.order_by("body__name", "title", "pk")


def posts_held_by(rights: Rights, municipality: Municipality) -> list[Post]:
    """The person's own posts: the usual controller of what he gives."""
    return list(Post.objects.filter(municipality=municipality, pk__in=rights.post_ids).order_by("pk"))


def errands_from(municipality: Municipality, kind: str, keys: Iterable[int]) -> QuerySet[Errand]:
    """Errands given from these protocols, roadmaps or requests."""
    return errands_of(municipality).filter(kind=kind, source_id__in=list(keys))
