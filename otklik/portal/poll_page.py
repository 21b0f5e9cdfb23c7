"""What the pages of a poll show: the ballot with what has been typed, results with bars and the decision."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils import timezone

from otklik.office.errands.of_polls import execution_of
from otklik.outreach.polls import selectors
from otklik.outreach.polls.models import Option, Poll, Proposal, Question, Stratum
from otklik.outreach.polls.results import response_words
from otklik.outreach.polls.words import STRATA

ON_PAGE = 50


@dataclass(frozen=True)
class Field:
    """A question of the ballot: what was typed, what is wrong with it."""

    number: int
    question: Question
    options: list[Option]
    typed: list[str]
    lat: str
    lon: str
    fault: str

    @property
    def name(self) -> str:
        return f"q{self.question.pk}"

    @property
    def scale(self) -> list[str]:
        """Numbers of the scale in their order."""
        return [str(value) for value in range(self.question.low, self.question.high + 1)]

    @property
    def value(self) -> str:
        """What was typed into a field of words."""
        return self.typed[0] if self.typed else ""


@dataclass(frozen=True)
class About:
    """A question of the voter himself, never required."""

    kind: str
    title: str
    groups: list[Stratum]
    typed: str


def ballot_of(poll: Poll, typed: QueryDict, faults: Mapping[int, str]) -> dict[str, Any]:
    """Questions of the ballot and groups of the voter."""
    fields = [
        Field(
            place,
            one,
            list(one.options.all()),
            typed.getlist(f"q{one.pk}"),
            typed.get(f"q{one.pk}_lat", ""),
            typed.get(f"q{one.pk}_lon", ""),
            faults.get(one.pk, ""),
        )
        for place, one in enumerate(selectors.questions_of(poll), start=1)
    ]
    strata = list(Stratum.objects.filter(poll=poll)) if fields else []
    about = [
        About(kind, title, groups, typed.get(kind, ""))
        for kind, title in STRATA.items()
        if (groups := [one for one in strata if one.kind == kind])
    ]
    return {
        "poll": poll,
        "fields": fields,
        "wrong": [one for one in fields if one.fault],
        "about": about,
        "has_point": any(one.question.kind == "point" for one in fields),
    }


def proposals_of(poll: Poll, voter: str, asked: str) -> dict[str, Any]:
    """A page of proposals of a discussion, the most supported first, and those of them the voter supports."""
    if poll.form != "discussion":
        return {}
    shown: Page[Proposal] = Paginator(selectors.shown_proposals(poll), ON_PAGE).get_page(asked)
    return {"proposals": shown, "supported": selectors.supported_by(poll, voter, shown) if voter else set()}


def results_of(poll: Poll, asked: str) -> dict[str, Any]:
    """Results as they were summed up; before that only how many took part. Nothing is counted for a visitor."""
    is_told = poll.state in ("summed", "decided")
    told = {"people": poll.outer_count or selectors.people_of(poll), **(poll.summary if is_told else {})}
    decision = getattr(poll, "decision", None) if poll.state == "decided" else None
    return {
        "poll": poll,
        "told": told,
        "is_told": is_told,
        "talk": selectors.talk_of(poll),
        "signs": selectors.signs_of(poll).count() if is_told else 0,
        "response_words": response_words(told.get("response"), poll.audience_count),
        "decision": decision,
        "execution": execution_of(poll, timezone.localdate()) if decision else [],
        **proposals_of(poll, "", asked),
    }
