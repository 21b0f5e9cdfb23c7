"""What a next version of the charter would touch of the work that is going on now. Reads, and writes nothing.

Terms that run keep their dates: a new number is for new cards. So every line says how much goes on under the old
word and where to look at it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from otklik.accounts.models import Holding
from otklik.cases.models import Case, Term
from otklik.cases.states import OPEN_STATES
from otklik.charter.comparing import Comparison
from otklik.charter.files import Preset
from otklik.charter.schema import Charter
from otklik.common.models import Municipality
from otklik.common.words import count
from otklik.office.models import Meeting
from otklik.reports.models import Report

CARDS = ("открытая карточка", "открытые карточки", "открытых карточек")
TERMS = ("срок идёт", "срока идут", "сроков идут")
PEOPLE = ("человек держит", "человека держат", "человек держат")
DRAFTS = ("записка в проекте", "записки в проекте", "записок в проекте")
ANSWERS = ("ответ ждёт", "ответа ждут", "ответов ждут")
MEETINGS = ("заседание готовится", "заседания готовятся", "заседаний готовится")
GETTING_READY = ("planned", "agreed", "invited")


@dataclass(frozen=True)
class Touched:
    """One thing at work that the new version changes: how much of it, what will become of it, where it is."""

    much: str
    words: str
    link: str


def touched(town: Municipality, old: Preset, new: Preset, told: Comparison) -> list[Touched]:
    """Everything at work under a word that changes; empty when nothing is."""
    return [
        *_terms(town, told),
        *_cases(town, new.charter, told),
        *_people(town, new.charter, told),
        *_answers(town, old.charter, new.charter),
        *_papers(town, told),
        *_meetings(town, old.charter, new.charter),
    ]


def _terms(town: Municipality, told: Comparison) -> Iterator[Touched]:
    running = Term.objects.filter(municipality=town, stopped_at=None)
    for change in told.terms:
        if n := running.filter(key=change.key).count():
            words = f"по норме «{change.title}»: даты не сдвинутся, новое число — для новых карточек"
            yield Touched(count(n, *TERMS), words, reverse("desk:terms"))


def _cases(town: Municipality, new: Charter, told: Comparison) -> Iterator[Touched]:
    """Cards of channels and blocks that go."""
    cards, page = Case.objects.filter(municipality=town, state__in=OPEN_STATES), reverse("desk:list")
    for change in told.channels:
        gone = change.key not in new.channels
        if n := cards.filter(channel__key=change.key).count() if gone else 0:
            yield Touched(count(n, *CARDS), f"из канала «{change.title}», которого не станет", page)
    for change in told.blocks:
        gone = change.key not in new.blocks
        if n := cards.filter(block_key=change.key).count() if gone else 0:
            yield Touched(count(n, *CARDS), f"у блока «{change.title}», которого не станет", page)


def _people(town: Municipality, new: Charter, told: Comparison) -> Iterator[Touched]:
    here = {role.key for role in new.roles_on()}
    held = Holding.objects.filter(municipality=town, until=None)
    for change in told.roles:
        n = held.filter(role__key=change.key).values("user").distinct().count()
        if not n:
            continue
        becomes = "права изменятся" if change.key in here else "роли не станет, права уйдут"
        yield Touched(count(n, *PEOPLE), f"роль «{change.title}»: {becomes}", reverse("desk:people"))


def _answers(town: Municipality, old: Charter, new: Charter) -> Iterator[Touched]:
    waiting = Case.objects.filter(municipality=town, state__in=["on_approval", "signing"])
    if old.answers != new.answers and (n := waiting.count()):
        words = "согласования или подписи, а порядок согласования изменится"
        yield Touched(count(n, *ANSWERS), words, f"{reverse('desk:list')}?state=on_approval")


def _papers(town: Municipality, told: Comparison) -> Iterator[Touched]:
    drafts = Report.objects.filter(municipality=town, state__in=["draft", "frozen"])
    for change in told.reports:
        if n := drafts.filter(charter_key=change.key).count():
            becomes = "срок или адресат изменится" if change.becomes else "положение её больше не требует"
            yield Touched(count(n, *DRAFTS), f"«{change.title}»: {becomes}", reverse("desk:reports"))


def _meetings(town: Municipality, old: Charter, new: Charter) -> Iterator[Touched]:
    planned = Meeting.objects.filter(municipality=town, state__in=GETTING_READY)
    if old.meetings != new.meetings and (n := planned.count()):
        words = "а правила заседаний изменятся"
        yield Touched(count(n, *MEETINGS), words, reverse("desk:meetings"))
