"""What every deed begins and ends with: the right, the card held for itself, the next state, the move, the journal."""

from datetime import datetime
from typing import Any

from otklik.accounts.models import User
from otklik.accounts.selectors import Rights
from otklik.audit.services import record
from otklik.common.errors import Refused, changed_meanwhile
from otklik.language.personal import find_personal, mask
from otklik.risks import rules
from otklik.risks.models import Risk, RiskClock, RiskMove
from otklik.risks.rights import worker
from otklik.risks.selectors import procedure_of

WORDS_LIMIT = 1000
SECRET = frozenset({"snils", "passport", "card", "account", "birthdate", "plate", "name"})
"""Personal data that never stand in an official text; phones, mail and addresses of services do."""


def begin(risk: Risk, deed: str, by: User) -> tuple[Risk, Rights, str]:
    """The card locked for this deed, the person's rights, the state it leads to. Raises Refused by the rules."""
    held = Risk.objects.select_for_update(of=("self",)).select_related("municipality").get(pk=risk.pk)
    rights = worker(by, held.municipality, rules.DEEDS[deed].permission)
    return held, rights, rules.next_state(deed, held.state, procedure_of(held.municipality))


def finish(
    held: Risk, deed: str, to: str, by: User, rights: Rights, now: datetime, words: str = "", *fields: str
) -> Risk:
    """Save the card with its next state and version, write the move and the journal."""
    since, held.state = held.state, to
    held.version += 1
    held.save(update_fields=["state", "version", *fields])
    move(held, deed, since, to, by, rights, now, words)
    record(held, f"risks.{deed}", by, held.municipality, why=f"{held}. {words.strip()}"[:300])
    return held


def move(
    held: Risk,
    deed: str,
    since: str,
    to: str,
    by: User | None,
    rights: Rights | None,
    now: datetime,
    words: str,
) -> RiskMove:
    """Write one row of history; words are masked."""
    return RiskMove.objects.create(
        municipality=held.municipality,
        risk=held,
        round=held.round,
        deed=deed,
        since=since,
        to=to,
        at=now,
        by=by,
        by_title=rights.title[:200] if rights else "",
        words=plain(words)[:WORDS_LIMIT],
    )


def fresh(held: Risk, version: int) -> None:
    """Refuse a change made from an older sight of the card."""
    if held.version != version:
        raise changed_meanwhile("карточку")


def plain(text: str) -> str:
    """The text trimmed and without personal data: nothing of a resident is kept on a card."""
    return mask(text.strip()).text


def written(text: str, name: str, limit: int) -> str:
    """The text masked. Raises Refused naming the field when it is empty or too long."""
    said = plain(text)
    if not said or len(said) > limit:
        raise Refused(f"Заполните поле «{name}»: от одного до {limit} знаков.")
    return said


def official(text: str, limit: int = 10_000) -> str:
    """An official text. Raises Refused when it is empty, too long or gives a resident away."""
    said = text.strip()
    if not said or len(said) > limit:
        raise Refused(f"Напишите официальный текст: от одного до {limit} знаков.")
    if secret := [span for span in find_personal(said) if span.kind in SECRET]:
        seen = said[secret[0].start : secret[0].end]
        raise Refused(f"В официальном тексте личные данные: «{seen}». Уберите их, назовите должность.")
    return said


def address(link: str, required: bool = False) -> str:
    """A web address. Raises Refused for what is none."""
    said = link.strip()
    if not said and not required:
        return ""
    if not said.startswith(("https://", "http://")) or len(said) > 500 or " " in said:
        raise Refused("Ссылка начинается с https:// и не длиннее 500 знаков.")
    return said


def stop_clock(held: Risk, key: str, at: datetime) -> None:
    """Stop a running clock of the present round; one stopped already keeps its moment."""
    held.clocks.filter(round=held.round, key=key, stopped_at=None).update(stopped_at=at)


def start_clock(held: Risk, key: str, start: datetime, due: datetime) -> None:
    """Start a clock of the present round, anew when the card came back to work: then it reminds anew, too."""
    clock, _ = RiskClock.objects.update_or_create(
        municipality=held.municipality,
        risk=held,
        round=held.round,
        key=key,
        defaults={"start_at": start, "due_at": due, "stopped_at": None},
    )
    clock.nudges.all().delete()


def signed(held: Risk, by: User, rights: Rights, now: datetime) -> dict[str, Any]:
    """Who, when and in which round: the head of every record."""
    return {
        "municipality": held.municipality,
        "risk": held,
        "round": held.round,
        "at": now,
        "by": by,
        "by_title": rights.title[:200],
    }
