"""Everything one card shows, in a bounded number of queries."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KeyTextTransform, KeyTransform

from otklik.accounts.models import User
from otklik.accounts.selectors import Rights
from otklik.cases.models import (
    Answer,
    Assignment,
    Case,
    CaseFile,
    Draft,
    Move,
    Note,
    Question,
    Term,
    Twin,
    Utterance,
    UtteranceText,
)
from otklik.cases.rules import MOVES, UNDOABLE, may_move
from otklik.cases.selectors.doors import get_case_for
from otklik.channels.models import Outgoing
from otklik.common.models import Municipality

# What an outer system tells of its item that names no person: a line of the card, not of the text.
FACTS = (
    "Исходящий номер",
    "Исходящая дата",
    "Отправитель",
    "Адресат",
    "Вид документа",
    "Запись разговора",
)


MOST_TWINS = 5


@dataclass(frozen=True)
class Deed:
    """A deed the card offers; `refusal` says in words why it is closed now."""

    key: str
    title: str
    refusal: str


@dataclass(frozen=True)
class Card:
    """The case with its history; lists are newest first except questions, clocks and utterances.

    `page` is the official page or the chat the message was left on, `facts` what the source told besides the text.
    """

    case: Case
    page: str
    facts: Mapping[str, str]
    questions: list[Question]
    terms: list[Term]
    moves: list[Move]
    assignments: list[Assignment]
    answers: list[Answer]
    twins: list[Twin]
    notes: list[Note]
    files: list[CaseFile]
    utterances: list[Utterance]
    outgoing: list[Outgoing]
    draft: Draft | None
    deeds: list[Deed]
    may_undo: bool


def allowed_deeds(case: Case, rights: Rights) -> list[Deed]:
    """Deeds the role has at all; those closed by the state say why."""
    found = []
    for key, step in MOVES.items():
        if step.permissions and set(step.permissions) & rights.permissions:
            found.append(Deed(key, step.title, may_move(key, case.state, rights.permissions, case.kind)))
    return found


def may_undo(moves: list[Move], user: User) -> bool:
    """Whether the newest moves, all of one moment, are the person's own and can be taken back."""
    newest = [move for move in moves if move.at == moves[0].at]
    return bool(newest) and all(
        move.by_id == user.pk and move.deed in UNDOABLE and "before" in move.details for move in newest
    )


def card_for(
    user: User,
    municipality: Municipality,
    number: str,
    rights: Rights,
    beside: Mapping[str, Combinable] = MappingProxyType({}),
) -> Card:
    """The card behind the door; raises `Case.DoesNotExist` for what the person may not see.

    `beside` is read with the case itself: see `get_case_for`.
    """
    columns = KeyTransform("columns", "raw__payload")
    told: dict[str, Combinable] = {"page": KeyTextTransform("page", "raw__payload")}
    told |= {f"fact_{place}": KeyTextTransform(name, columns) for place, name in enumerate(FACTS)}
    told |= {f"has_{name}": Exists(rows.filter(case=OuterRef("pk"))) for name, rows in _rare().items()}
    case = get_case_for(user, municipality, number, rights, {**beside, **told})
    rare = {
        name: rows.filter(case=case) if getattr(case, f"has_{name}") else rows.none()
        for name, rows in _rare().items()
    }
    moves = list(Move.objects.filter(case=case).select_related("by")[:100])
    return Card(
        case=case,
        questions=list(Question.objects.filter(case=case)),
        terms=list(Term.objects.filter(case=case).order_by("start_at", "pk")),
        moves=moves,
        assignments=list(
            Assignment.objects.filter(case=case).select_related("body", "user").order_by("-since")
        ),
        answers=list(Answer.objects.filter(case=case).select_related("author", "approver", "signer")),
        twins=list(rare["twins"][:MOST_TWINS]),
        notes=list(rare["notes"]),
        files=list(rare["files"]),
        page=getattr(case, "page", "") or "",
        facts={
            name: _said(str(getattr(case, f"fact_{place}")))
            for place, name in enumerate(FACTS)
            if getattr(case, f"fact_{place}", "")
        },
        utterances=list(rare["utterances"]),
        outgoing=list(
            Outgoing.objects.filter(municipality=municipality, about=case.number).order_by("-created_at")
        ),
        draft=getattr(case, "draft", None),
        deeds=allowed_deeds(case, rights),
        may_undo=may_undo(moves, user),
    )


def _rare() -> dict[str, QuerySet[Any]]:
    """Rows that most cases have none of: each kind is asked for only where the case has any."""
    twins = Twin.objects.filter(decision="proposed")
    return {
        "twins": twins.select_related("other__channel", "other__topic"),
        "notes": Note.objects.select_related("by").order_by("-at"),
        "files": CaseFile.objects.select_related("file"),
        "utterances": Utterance.objects.all(),
    }


def _said(value: str) -> str:
    """A day as people write it; anything else as it came."""
    day = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", value)
    return f"{day[3]}.{day[2]}.{day[1]}" if day else value


def originals_of(case: Case) -> QuerySet[UtteranceText]:
    """What was said later, as it came; shown only together with the journaled first text."""
    return (
        UtteranceText.objects.filter(utterance__case=case)
        .select_related("utterance")
        .order_by("utterance__at")
    )
