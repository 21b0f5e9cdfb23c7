"""The conversation on the card: who said what, when, on which page, what went out of it and how far it got."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from otklik.cases.models import Answer, Case, CaseFile, Utterance
from otklik.cases.selectors import Card
from otklik.cases.services.ways import chosen_way, limit_of
from otklik.channels.models import Outgoing
from otklik.channels.style import way_of, ways_of
from otklik.common.words import count

SPEAKERS = {"applicant": "Заявитель", "official": "Администрация", "resident": "Другой участник"}
SAID = {
    "question": "спросили заявителя",
    "reply": "ответ на вопрос",
    "edited": "изменил текст в источнике; выше остаётся, как было",
    "removed": "удалил сообщение в источнике; у нас оно остаётся",
}
# Names of things in networks and letters: proofs for the machine, nothing to read.
OUTER_NAME = re.compile(r"<|wall|msg-|peer-|discussion:|chat:|-?\d+:")
REACHED = {
    "views": ("просмотр", "просмотра", "просмотров"),
    "likes": ("отметка", "отметки", "отметок"),
    "reactions": ("реакция", "реакции", "реакций"),
    "comments": ("комментарий", "комментария", "комментариев"),
    "reposts": ("репост", "репоста", "репостов"),
}


@dataclass(frozen=True)
class Delivery:
    """Where an outgoing is: words for a person, the look of its mark, the link that proves it."""

    words: str
    look: str
    proof: str = ""
    again: int | None = None


@dataclass(frozen=True)
class Line:
    """One thing said; with an `anchor` its words stand there on the card."""

    who: str
    side: str
    at: datetime
    text: str = ""
    note: str = ""
    title: str = ""
    page: str = ""
    link: str = ""
    anchor: str = ""
    delivery: Delivery | None = None
    pictures: list[CaseFile] = field(default_factory=list)


def talk_of(card: Card) -> list[Line]:
    """What was said after the first message, which stands above; empty while nothing was."""
    sent = [answer for answer in card.answers if answer.state == "sent"]
    said = [one for one in card.utterances if not _is_of_first(one, card.case)]
    if not said and not (sent and ways_of(card.case.channel.kind)):
        return []
    letters = {letter.pk: letter for letter in card.outgoing}
    pictures = pictures_by_raw(card.files)
    lines = [_said(one, letters, pictures) for one in said]
    lines += [_answered(one, card, is_newest=one is sent[0]) for one in sent]
    return sorted(lines, key=lambda line: line.at)


def changes_of(card: Card) -> list[Utterance]:
    """What the author did to the first message in its source: it stands under the text, which stays as it was."""
    return [one for one in card.utterances if _is_of_first(one, card.case)]


def _is_of_first(one: Utterance, case: Case) -> bool:
    return one.kind in ("edited", "removed") and one.raw_id is not None and one.raw_id == case.raw_id


def _said(one: Utterance, letters: dict[int, Outgoing], pictures: dict[int, list[CaseFile]]) -> Line:
    letter = letters.get(one.outgoing_id or 0)
    is_said = one.kind not in ("edited", "removed")
    return Line(
        SPEAKERS[one.said_by],
        one.said_by,
        one.at,
        one.masked_text,
        note=SAID.get(one.kind, ""),
        title=one.title,
        page=one.page,
        link=one.link,
        delivery=delivery_of(letter) if letter else None,
        pictures=pictures.get(one.raw_id or 0, []) if is_said else [],
    )


def _answered(answer: Answer, card: Card, is_newest: bool) -> Line:
    """The signed answer: who signed it and where it was said; the newest stands whole in its own sheet."""
    way = way_of(card.case.channel.kind, answer.way)
    return Line(
        SPEAKERS["official"],
        "official",
        answer.signed_at or answer.created_at,
        answer.text,
        note=f"ответ: {answer.get_kind_display()}",
        title=answer.signer_title,
        page=", ".join(part for part in (card.case.channel.title, way.title if way else "") if part),
        anchor="answer" if is_newest else "",
    )


def delivery_of(letter: Outgoing) -> Delivery:
    """The last state of what was sent, with its error in words."""
    proof = letter.proof if letter.proof.startswith("https://") else ""
    told = letter.proof if letter.proof and not proof and not OUTER_NAME.match(letter.proof) else ""
    match letter.state:
        case "sent":
            return Delivery(f"ушло: {told}" if told else "ушло", "check", proof)
        case "by_hand":
            return Delivery("ждёт отправки вручную", "paper")
        case "dead":
            return Delivery(f"не ушло: {letter.error}", "warn", again=letter.pk)
        case _:
            return Delivery(f"ждёт отправки: {letter.error}" if letter.error else "ждёт отправки", "c-ok")


def pictures_by_raw(files: Iterable[CaseFile]) -> dict[int, list[CaseFile]]:
    """Pictures of each message."""
    found: dict[int, list[CaseFile]] = {}
    for one in files:
        if one.file.raw_id and is_picture(one):
            found.setdefault(one.file.raw_id, []).append(one)
    return found


def is_picture(one: CaseFile) -> bool:
    """Whether the file is shown as a picture."""
    return one.file.content_type in ("image/jpeg", "image/png", "image/webp")


def reach_words(case: Case) -> list[str]:
    """«1 240 просмотров», «35 отметок»: what the source tells of its own message."""
    told = [(case.reach.get(name), words) for name, words in REACHED.items()]
    return [count(n, *words) for n, words in told if isinstance(n, int) and n > 0]


def reply_style(card: Card) -> dict[str, Any] | None:
    """Where the answer goes and how much it may hold; None where the channel has one way."""
    case = card.case
    ways = ways_of(case.channel.kind)
    chosen = chosen_way(case, card.draft.way if card.draft else "")
    if not ways or chosen is None:
        return None
    return {
        "ways": [
            {"key": way.key, "title": way.title, "limit": limit_of(way, case.channel), "is_on": way == chosen}
            for way in ways
        ],
        "limit": limit_of(chosen, case.channel),
        "is_public": chosen.is_public,
        "page": case.channel.title,
    }
