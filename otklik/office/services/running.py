"""While a meeting goes on: who leads, who is here, what is said and decided; opinions in absentia.

Each text of the protocol and each decision has a version: whoever writes over a newer one gets it back as a conflict
with both texts whole, as the draft of an answer does.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from otklik.accounts.models import Post, User
from otklik.accounts.selectors import holdings_of, rights_of
from otklik.audit.services import record
from otklik.charter.carrying import carries_out
from otklik.charter.schema.office import Meetings
from otklik.common.errors import Refused
from otklik.common.words import table_day
from otklik.language.official import official_text
from otklik.office import rules
from otklik.office.models import CHOICES, DECISIONS, AgendaItem, Decision, Meeting, Opinion, Participant
from otklik.office.selectors import attendance_of, name_of, title_in, title_of_role
from otklik.office.services.guard import (
    CHAIR,
    ORGANISE,
    absence_of_chair,
    check_writes,
    is_chair,
    locked,
    may_deputise,
    meetings_of,
    needs,
)

TEXT_LIMIT, WHAT_LIMIT, RESULT_LIMIT, WORDS_LIMIT = 10_000, 1000, 500, 2000
Text = Literal["heard", "spoke"]


class Conflict(Refused):
    """Somebody has saved a newer version; nothing was written over it. `current` are its values by field."""

    def __init__(self, version: int, by_title: str, at: datetime | None, current: dict[str, str]) -> None:
        super().__init__("Пока вы писали, это место протокола изменил другой. Ваш текст цел.")
        self.version, self.by_title, self.at, self.current = version, by_title, at, current


@dataclass(frozen=True)
class DecisionText:
    """What is written in a decision; any part may be missing while it is a draft."""

    kind: str = "errand"
    post: Post | None = None
    what: str = ""
    result: str = ""
    due: date | None = None
    control: Post | None = None


@carries_out("BOG-III.2.4", "BOG-III.2.5", "BOG-III.4.2.1")
def start(meeting: Meeting, ground: str, by: User, now: datetime) -> Meeting:
    """Open the meeting: the chair leads, or the deputy with the ground of the chair's absence.

    BOG-III.2.4, BOG-III.2.5.
    """
    held, meetings = locked(meeting), meetings_of(meeting.municipality)
    state = rules.next_state(meetings, "start", held.state)
    if not held.items.exists():
        raise Refused("В повестке нет ни одного вопроса: добавьте, о чём говорить.")
    held.chair_for, held.chair_ground = _replaced(held, meetings, ground, by, now)
    held.state, held.started_at, held.chair = state, now, by
    held.chair_title = _title(held, by)[:200]
    if held.keeper_id is None:
        held.keeper, held.keeper_title = held.convened_by, _title(held, held.convened_by)[:200]
    held.save()
    if held.chair_for:
        said = f"{held.chair_title}: {held.chair_ground}"
        record(held, "office.substituted", by, held.municipality, why=said[:300])
    _mark_chair(held)
    record(held, "office.started", by, held.municipality, why=name_of(held))
    return held


def _replaced(held: Meeting, meetings: Meetings, ground: str, by: User, now: datetime) -> tuple[str, str]:
    """Whom the person leads for and on what ground; two empty words for the chair himself. Raises Refused."""
    if any(CHAIR in one.role.permissions for one in holdings_of(by).filter(municipality=held.municipality)):
        return "", ""
    rights = rights_of(by, held.municipality)
    if not may_deputise(rights, meetings):
        needs(by, held.municipality, CHAIR)
    today = now.astimezone(ZoneInfo(held.municipality.time_zone)).date()
    absence = absence_of_chair(held.municipality, meetings, today)
    said = official_text("Основание замещения", ground, 300, must=False)
    if not said and absence is not None:
        said = f"отсутствует по {table_day(absence.until)}"
    if not said:
        raise Refused("Напишите, почему председателя нет: отпуск, командировка, до какого дня.")
    return title_of_role(held.municipality, meetings.chair), said


def _mark_chair(held: Meeting) -> None:
    """Who leads is here; whom the deputy replaces is not."""
    held.participants.filter(user=held.chair).update(attendance="present")


def _title(held: Meeting, user: User) -> str:
    return title_in(held.municipality, user) or rights_of(user, held.municipality).title


@carries_out("BOG-III.3.1")
def attend(meeting: Meeting, here: Collection[int], why: Mapping[int, str], by: User) -> Meeting:
    """Who is here, all at once by keys of participants; the others are absent, with a word why where there is one."""
    check_writes(meeting, by)
    held = locked(meeting, *rules.WRITING)
    people = list(held.participants.all())
    for one in people:
        one.attendance = "present" if one.pk in here else "absent"
        said = "" if one.pk in here else why.get(one.pk, "")
        one.why_absent = official_text("Почему нет", said, 120, must=False)
    Participant.objects.bulk_update(people, ["attendance", "why_absent"])
    count = sum(one.attendance == "present" for one in people)
    record(
        held, "office.attended", by, held.municipality, why=f"{name_of(held)}: здесь {count} из {len(people)}"
    )
    return held


@carries_out("BOG-III.4.3.5")
def name_keeper(meeting: Meeting, participant: Participant, by: User) -> Meeting:
    """Who keeps the protocol (BOG-III.4.3.5)."""
    needs(by, meeting.municipality, ORGANISE)
    held = locked(meeting, *rules.OPEN, *rules.WRITING)
    if participant.user is None or participant.meeting_id != held.pk:
        raise Refused("Протокол ведёт член центра из участников этого заседания.")
    held.keeper, held.keeper_title = participant.user, participant.title[:200]
    held.save(update_fields=["keeper", "keeper_title"])
    record(held, "office.keeper_named", by, held.municipality, why=held.keeper_title)
    return held


def write(item: AgendaItem, field: Text, text: str, version: int, by: User, now: datetime) -> AgendaItem:
    """Save «СЛУШАЛИ» or «ВЫСТУПИЛИ» of a question over the version that was read. Raises Conflict."""
    check_writes(item.meeting, by)
    locked(item.meeting, *rules.WRITING)
    held = AgendaItem.objects.select_for_update().get(pk=item.pk)
    kept, at = getattr(held, field), getattr(held, f"{field}_version")
    said = text.strip()
    if len(said) > TEXT_LIMIT:
        raise Refused("Слишком длинно для протокола: оставьте главное, остальное приложите материалом.")
    if said == kept:
        return held
    if version != at:
        raise Conflict(at, getattr(held, f"{field}_by"), held.saved_at, {"text": kept})
    setattr(held, field, said)
    setattr(held, f"{field}_version", at + 1)
    setattr(held, f"{field}_by", _title(item.meeting, by)[:200])
    held.saved_at = now
    held.save(update_fields=[field, f"{field}_version", f"{field}_by", "saved_at"])
    return held


@carries_out("BOG-III.2.6", "BOG-III.4.3.5")
def add_decision(item: AgendaItem, text: DecisionText, by: User, now: datetime) -> Decision:
    """A new line under «РЕШИЛИ»; a note is written once a question."""
    check_writes(item.meeting, by)
    held = locked(item.meeting, *rules.WRITING)
    if text.kind not in dict(DECISIONS):
        raise Refused("Выберите, что записать: поручение, решение или «к сведению».")
    if text.kind == "noted" and item.decisions.filter(kind="noted").exists():
        raise Refused("«Информацию принять к сведению» по этому вопросу уже записано.")
    return Decision.objects.create(
        municipality=held.municipality, item=item, kind=text.kind, version=1, saved_at=now,
        saved_by=_title(held, by)[:200], **_values(text),
    )  # fmt: skip


def save_decision(decision: Decision, text: DecisionText, version: int, by: User, now: datetime) -> Decision:
    """Save a decision over the version that was read. Raises Conflict."""
    meeting = decision.item.meeting
    check_writes(meeting, by)
    locked(meeting, *rules.WRITING)
    held = (
        Decision.objects.select_for_update(of=("self",)).select_related("post", "control").get(pk=decision.pk)
    )
    values = _values(text)
    if all(getattr(held, name) == value for name, value in values.items()):
        return held
    if version != held.version:
        raise Conflict(held.version, held.saved_by, held.saved_at, _shown(held))
    for name, value in values.items():
        setattr(held, name, value)
    held.version, held.saved_by, held.saved_at = held.version + 1, _title(meeting, by)[:200], now
    held.save(update_fields=[*values, "version", "saved_by", "saved_at"])
    return held


def drop_decision(decision: Decision, by: User) -> None:
    """Strike a line out before signing."""
    meeting = decision.item.meeting
    check_writes(meeting, by)
    held = locked(meeting, *rules.WRITING)
    decision.delete()
    record(held, "office.decision_dropped", by, held.municipality, why=decision.what[:300])


def _values(text: DecisionText) -> dict[str, object]:
    what, result = " ".join(text.what.split()), " ".join(text.result.split())
    if len(what) > WHAT_LIMIT or len(result) > RESULT_LIMIT:
        raise Refused("Решение слишком длинное: одно поручение — одно дело, подробности в материалах.")
    if text.post is not None and text.post == text.control:
        raise Refused("Исполнитель не контролирует сам себя: выберите другого контролёра.")
    return {"post": text.post, "what": what, "result": result, "due": text.due, "control": text.control}


def _shown(held: Decision) -> dict[str, str]:
    return {
        "text": held.what,
        "post": str(held.post_id or ""),
        "result": held.result,
        "due": held.due.isoformat() if held.due else "",
        "control": str(held.control_id or ""),
    }


@carries_out("BOG-III.2.2", "BOG-III.3.1")
def give_opinion(item: AgendaItem, choice: str, words: str, by: User, now: datetime) -> Opinion:
    """A member's voice and words on a question in absentia, until the moment named (BOG-III.2.2)."""
    held = locked(item.meeting)
    participant = held.participants.filter(user=by, kind="member").first()
    if participant is None:
        raise Refused("Мнение дают участники этого заседания из членов центра.")
    if not rules.opinions_open(held.state, held.answers_until, now):
        raise Refused("Сейчас мнения не собирают: срок вышел или рассмотрение ещё не начато.")
    said = official_text("Мнение", words, WORDS_LIMIT, must=False)
    if choice not in ("", *dict(CHOICES)) or not (choice or said):
        raise Refused("Выберите «за», «против», «воздержался» или напишите мнение.")
    opinion, _ = Opinion.objects.update_or_create(
        item=item, participant=participant,
        defaults={"municipality": held.municipality, "choice": choice, "words": said, "at": now},
    )  # fmt: skip
    Participant.objects.filter(pk=participant.pk).update(attendance="present")
    record(
        held,
        "office.opinion_given",
        by,
        held.municipality,
        why=f"вопрос {item.position}: {participant.title}"[:300],
    )
    return opinion


def finish(meeting: Meeting, by: User, now: datetime) -> Meeting:
    """The discussion is over; in absentia not before the day named, unless everyone has answered."""
    check_writes(meeting, by)
    held = locked(meeting)
    state = rules.next_state(meetings_of(held.municipality), "finish", held.state)
    if rules.opinions_open(held.state, held.answers_until, now) and held.form == "in_absentia":
        quorum = attendance_of(held, held.participants.all())
        if quorum.present < quorum.members:
            raise Refused(
                f"Мнения собирают ещё: ответили {quorum.present} из {quorum.members}. Дождитесь срока или всех."
            )
    held.state, held.finished_at = state, now
    held.save(update_fields=["state", "finished_at"])
    record(held, "office.finished", by, held.municipality, why=name_of(held))
    return held


def reopen(meeting: Meeting, by: User) -> Meeting:
    """Back to the discussion while nothing is signed."""
    held, rights = locked(meeting), rights_of(by, meeting.municipality)
    if ORGANISE not in rights.permissions and not is_chair(held, by, rights):
        needs(by, held.municipality, CHAIR)
    held.state = rules.next_state(meetings_of(held.municipality), "reopen", held.state)
    held.save(update_fields=["state"])
    record(held, "office.reopened", by, held.municipality, why=name_of(held))
    return held
