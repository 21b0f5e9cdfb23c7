"""Deeds of the catalogue: propose, change, decide. Whom a line concerns gets a notice."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from otklik.accounts.models import Body, Post, User
from otklik.accounts.selectors import rights_of
from otklik.accounts.services import leave_notice
from otklik.analytics.criteria.models import Finding
from otklik.audit.services import record
from otklik.charter.carrying import carries_out
from otklik.common.errors import Refused, changed_meanwhile
from otklik.common.models import Municipality
from otklik.common.queue import next_number
from otklik.language.lemmas import lemmas
from otklik.problems.advice.models import Advice
from otklik.problems.advice.rules import refuse_text, words_of
from otklik.problems.advice.words import EFFECTS, KINDS
from otklik.problems.models import Problem
from otklik.quality.models import ExplainedReview

PAGE = "/advice/"

LIMIT = 1000

NOTICE_LIMIT = 300


@dataclass(frozen=True)
class AdviceText:
    """What a person writes: what is proposed, to whom, on what ground."""

    kind: str
    title: str
    text: str
    ground: str
    ground_link: str = ""
    is_urgent: bool = False
    body: Body | None = None
    post: Post | None = None
    block_key: str = ""
    problem: Problem | None = None
    finding: Finding | None = None
    review: ExplainedReview | None = None
    practice: Advice | None = None
    origin: str = ""
    programme: str = ""
    gives: str = ""


@carries_out(
    *("BOR-1.1.3.г.1", "BOR-1.2.е", "BOR-1.2.е.2", "BOR-1.2.е.3", "BOR-1.2.з", "BOR-2.4.з"),
    *("DEM-2.2.6", "DEM-2.2.6.1", "DEM-2.2.7", "DEM-2.2.7.1", "DEM-2.2.8"),
    *("MIH-1.1.7.4.1", "MIH-2.2.5", "MIH-2.2.7", "LOV-2.2.3", "LOV-4.3.2.1"),
    *(
        "BOG-II.2.3",
        "BOG-II.2.3.1",
        "BOG-II.2.4",
        "BOG-II.2.4.1",
        "BOG-II.2.5",
        "BOG-III.4.7.8",
        "BOG-III.5.3",
    ),
)
@transaction.atomic
def advise(municipality: Municipality, text: AdviceText, by: User, now: datetime) -> Advice:
    """Put a line into the catalogue and tell its addressee. Raises Refused for one without ground or addressee."""
    _check(text)
    made = Advice.objects.create(
        municipality=municipality,
        number=next_number(Advice, municipality),
        author=by,
        author_title=rights_of(by, municipality).title[:200],
        at=now,
        review=text.review,
        **_values(text),
    )
    record(made, "advice.made", by, municipality, why=made.title, details=_told(made))
    _tell(made, "Срочная рекомендация" if made.is_urgent else "Новая рекомендация")
    return made


@transaction.atomic
def change_advice(advice: Advice, text: AdviceText, version: int, by: User) -> Advice:
    """Change a line nobody has decided upon yet; `version` is the one the person saw."""
    advice = _locked(advice)
    if advice.state != "proposed":
        raise Refused("По рекомендации уже решили: внесите новую.")
    if advice.version != version:
        raise changed_meanwhile("рекомендацию")
    _check(text)
    for name, value in _values(text).items():
        setattr(advice, name, value)
    advice.version += 1
    advice.save()
    record(advice, "advice.changed", by, advice.municipality, why=advice.title, details=_told(advice))
    return advice


@carries_out("DEM-2.4.5")
@transaction.atomic
def decide(advice: Advice, accepted: bool, words: str, by: User, now: datetime) -> Advice:
    """Accept or decline once, with the reason."""
    said = words.strip()[:500]
    if not said:
        raise Refused("Напишите, почему: решение увидят автор и те, кому это адресовано.")
    advice = _locked(advice)
    if advice.state != "proposed":
        raise Refused("По этой рекомендации решение уже есть. Обновите страницу.")
    advice.state = "accepted" if accepted else "declined"
    advice.decided_by, advice.decided_at, advice.decision_words = by, now, said
    advice.decided_title = rights_of(by, advice.municipality).title[:200]
    advice.version += 1
    advice.save()
    record(advice, f"advice.{advice.state}", by, advice.municipality, why=said[:300])
    line = f"Рекомендация № {advice.number} {'принята' if accepted else 'отклонена'}: {advice.title}"
    leave_notice(advice.municipality, line[:NOTICE_LIMIT], address_of(advice), user=advice.author)
    if accepted:
        _tell(advice, "Принята рекомендация")
    return advice


def address_of(advice: Advice) -> str:
    """The card of the advice."""
    return f"{PAGE}{advice.pk}/"


def _check(text: AdviceText) -> None:
    addressed = bool(text.body or text.post or text.block_key)
    refusal = refuse_text(text.kind, dict(KINDS), (text.title, text.text, text.ground), addressed)
    if refusal:
        raise Refused(refusal)
    if text.is_urgent and not (text.problem or text.finding or text.review or text.ground_link):
        raise Refused("У срочной рекомендации нужна проблема, находка или ссылка на карточки: что случилось.")
    if text.gives and text.gives not in dict(EFFECTS):
        raise Refused("Выберите эффект из списка.")


def _values(text: AdviceText) -> dict[str, Any]:
    return {
        "kind": text.kind,
        "title": text.title.strip()[:200],
        "text": text.text.strip(),
        "is_urgent": text.is_urgent,
        "ground": text.ground.strip()[:LIMIT],
        "ground_link": text.ground_link[:500],
        "body": text.body,
        "post": text.post,
        "block_key": text.block_key,
        "problem": text.problem,
        "finding": text.finding,
        "practice": text.practice,
        "origin": text.origin.strip()[:300],
        "programme": text.programme.strip()[:300],
        "gives": text.gives,
        "lemmas": [word[:60] for word in words_of(lemmas(f"{text.title} {text.text}"))],
    }


def _told(advice: Advice) -> dict[str, object]:
    return {"number": advice.number, "kind": advice.kind, "urgent": advice.is_urgent}


def _tell(advice: Advice, opening: str) -> None:
    """A line to the addressee: its body, else those who decide."""
    body = advice.body or (advice.post.body if advice.post else None)
    text = f"{opening}: {advice.title}"[:NOTICE_LIMIT]
    if body is not None:
        leave_notice(advice.municipality, text, address_of(advice), body=body)
    else:
        leave_notice(advice.municipality, text, address_of(advice), permission="problems.manage")


def _locked(advice: Advice) -> Advice:
    rows = Advice.objects.select_for_update(of=("self",)).select_related("municipality", "body", "post__body")
    return rows.get(pk=advice.pk)
