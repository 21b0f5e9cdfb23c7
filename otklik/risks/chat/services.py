"""Verbs of the alert chat: say something there, note what was sent by hand, take what was answered.

Nothing of a resident leaves: the words are read once more when they are whole, and refused while anything personal
stands in them. The channel is the one the charter names; its adapter delivers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from otklik.accounts.models import User
from otklik.accounts.selectors import rights_of
from otklik.audit.services import record
from otklik.channels.models import BotEvent, Channel, Outgoing
from otklik.channels.services import make_outgoing, mark_placed
from otklik.channels.services.inner import ASKS, KIND, inner_chat_of
from otklik.channels.services.talking import asked_events
from otklik.charter.carrying import carries_out
from otklik.charter.selectors import charter_of
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.language.personal import mask
from otklik.risks.chat.rules import OF_SERVICES, numbers_in, personal_in
from otklik.risks.models import Alert, Risk
from otklik.risks.rights import worker

SUBJECTS = {
    "alert": "Информационный риск {number}",
    "report": "Информационный риск {number}: отработка",
    "unknown": "Информационный риск {number}: неизвестные обстоятельства",
    "measures": "Информационный риск {number}: меры",
    "campaign": "Тема для предупредительной кампании",
}
NO_CHAT = "Положение не называет алерт-чат: впишите его в раздел о рисках или сообщите сами и запишите кому."
NO_ADDRESS = (
    "В настройках канала не указан чат коллег: отправьте сообщение сами и отметьте это, а номер чата впишите "
    "в настройки."
)


@dataclass(frozen=True)
class AlertChat:
    """The chat the charter names: its title and the channel that speaks there. `to` is empty until it is set up."""

    title: str
    channel: Channel
    to: str

    @property
    def is_ready(self) -> bool:
        """Whether the machine can send there by itself."""
        return bool(self.to) and self.channel.availability != "closed"


def alert_chat(municipality: Municipality) -> AlertChat | None:
    """The alert chat of the charter; None where the charter names none."""
    told = charter_of(municipality).risks.chat
    if told is None:
        return None
    channel = Channel.objects.filter(municipality=municipality, key=told.channel).first()
    return AlertChat(told.title, channel, inner_chat_of(channel)) if channel else None


@carries_out("DEM-RISK-0.1")
@transaction.atomic
def say(
    municipality: Municipality,
    kind: str,
    text: str,
    by: User | None,
    now: datetime,
    risk: Risk | None = None,
    about: str = "",
    parts: Mapping[str, Any] | None = None,
    drill: bool = False,
    public: str = "",
) -> Alert:
    """Leave a message for the alert chat: a row of ours and an outgoing of the charter's channel.

    `kind` is a key of `words.ALERT_KINDS` except `answer`; `about` names what it speaks of where there is no risk
    («campaign:7»); `public` is the part that stands on official pages already. Raises Refused where the charter
    names no chat, or while personal data stand in the words.
    """
    chat = alert_chat(municipality)
    if chat is None:
        raise Refused(NO_CHAT)
    refuse_personal(_without_place(text, risk), public)
    tied = risk.about if risk else about
    said = Alert.objects.filter(municipality=municipality, is_answer=False)
    earlier = (said.filter(risk=risk) if risk else said.filter(risk=None, about=about)).order_by("pk")
    outgoing = make_outgoing(
        chat.channel,
        kind=KIND,
        about=tied,
        recipient=chat.to,
        subject=SUBJECTS[kind].format(number=risk or "").strip(),
        body=text,
        key=f"{KIND}:{tied or 'own'}:{earlier.count() + 1}",
        reply_to=_first_proof(earlier),
        now=now,
        way="message",
    )
    if not chat.is_ready:
        Outgoing.objects.filter(pk=outgoing.pk, state="waiting").update(state="by_hand", error=NO_ADDRESS)
    made = Alert.objects.create(
        municipality=municipality,
        risk=risk,
        about="" if risk else about,
        round=risk.round if risk else 1,
        kind=kind,
        drill=risk.drill if risk else drill,
        channel=chat.channel,
        outgoing=outgoing,
        text=text,
        parts=dict(parts or {}),
        at=now,
        by=by,
        by_title=rights_of(by, municipality).title[:200] if by else "",
    )
    record(made, f"risks.chat_{kind}", by, municipality, why=str(risk or about))
    return made


def _without_place(text: str, risk: Risk | None) -> str:
    """The words without the settlement of the card: «Иван Теремец» is a hamlet, however like a name it sounds."""
    return text.replace(risk.settlement.name, " ") if risk and risk.settlement else text


def refuse_personal(text: str, public: str = "") -> None:
    """Raise Refused while anything personal of a resident stands in words that are to leave.

    In the official text, published already, phones and addresses of services may stand; a person's never.
    """
    found = personal_in(text.replace(public, " ") if public else text)
    found += [kind for kind in personal_in(public) if kind not in (*OF_SERVICES, *found)]
    if found:
        raise Refused(
            f"Сообщение не ушло: в нём остались личные данные — {', '.join(found)}. "
            "Уберите их: в алерт-чат пишут о проблеме, а не о человеке."
        )


def _first_proof(earlier: QuerySet[Alert]) -> str:
    """The first message of the same talk that has left: what comes later answers it."""
    sent = earlier.filter(outgoing__state="sent").exclude(outgoing__proof="")
    return sent.values_list("outgoing__proof", flat=True).first() or ""


@transaction.atomic
def note_sent_by_hand(alert: Alert, proof: str, by: User, now: datetime) -> None:
    """A person put the message into the chat: `proof` is a link to it or in which words it was handed over.

    Raises Refused without the right, without a proof, or when the message has left already.
    """
    worker(by, alert.municipality)
    if alert.outgoing is None:
        raise Refused("Это слово из чата, отправлять его некуда.")
    mark_placed(alert.outgoing, proof, by, now)
    alert.by_hand_at = now
    alert.save(update_fields=["by_hand_at"])


def take_answers(municipality: Municipality, now: datetime) -> int:
    """Put what colleagues said in the chat on the cards it answers; in the municipality's scope. Returns how many.

    What answers none of our messages and names no card is kept without a risk and waits for a person on the desk.
    """
    events = asked_events(municipality, ASKS)
    for event in events:
        _take(event)
    return len(events)


@transaction.atomic
def _take(event: BotEvent) -> None:
    about = _answered(event)
    words = mask(str(event.content.get("text") or "")).text.strip()
    files = int(event.content.get("files") or 0)
    if files:
        words = f"{words}\n[приложено файлов: {files}, они в чате]".strip()
    if words:
        Alert.objects.get_or_create(
            channel=event.channel,
            outer_id=event.outer_id,
            defaults={
                "municipality_id": event.municipality_id,
                "risk": about.risk if about else _named(event, words),
                "about": about.about if about else "",
                "round": about.round if about else 1,
                "drill": about.drill if about else False,
                "kind": "answer",
                "is_answer": True,
                "text": words,
                "at": event.at,
                "by_title": str(event.content.get("post") or "")[:200],
            },
        )
    BotEvent.objects.filter(pk=event.pk).update(state="done", content={})


def _answered(event: BotEvent) -> Alert | None:
    """Our message this one answers: the nearest of those it names."""
    named = [one for one in event.content.get("answers") or () if one]
    ours = Alert.objects.filter(channel=event.channel, outgoing__proof__in=named)
    found = {one.outgoing.proof: one for one in ours.select_related("outgoing") if one.outgoing}
    return next((found[one] for one in named if one in found), None)


def _named(event: BotEvent, words: str) -> Risk | None:
    """The one card the words name by its number."""
    for number, drill in numbers_in(words):
        risk = Risk.objects.filter(municipality_id=event.municipality_id, number=number, drill=drill).first()
        if risk:
            return risk
    return None


@transaction.atomic
def tie_answer(answer: Alert, risk: Risk, by: User) -> None:
    """A person says which card an answer of the chat belongs to. Raises Refused for what is no loose answer."""
    worker(by, risk.municipality)
    loose = Alert.objects.filter(pk=answer.pk, municipality=risk.municipality, is_answer=True, risk=None)
    changed = loose.update(risk=risk, round=risk.round, drill=risk.drill)
    if not changed:
        raise Refused("Этот ответ уже стоит в карточке риска: обновите страницу.")
    record(risk, "risks.chat_tied", by, risk.municipality, why=str(risk))
