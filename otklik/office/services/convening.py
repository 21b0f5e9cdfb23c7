"""Before a meeting: convene, pick members, invite others, agree the agenda and time, prepare, cancel.

Called by the desk and the demo. The charter's mode says how much of it there is; each deed ends in the journal.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from otklik.accounts.models import Post, User
from otklik.audit.services import record
from otklik.channels.adapters.email.adapter import is_address
from otklik.charter.carrying import carries_out
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.queue import next_number
from otklik.common.today import day_in
from otklik.language.official import official_text
from otklik.office import rules
from otklik.office.errands.services import Order, Source, give
from otklik.office.models import FORMS, Meeting, Participant, Preparation
from otklik.office.selectors import members_of, name_of, page_of
from otklik.office.services.guard import CHAIR, ORGANISE, locked, meetings_of, needs
from otklik.office.services.inviting import call_off, take_back

REASON_LIMIT, PLACE_LIMIT, TITLE_LIMIT = 500, 200, 300
NO_LONGER = "Приглашение снято: состав участников изменён."


@dataclass(frozen=True)
class Call:
    """What is convened: the form, why, when, where; in absentia until when opinions are taken."""

    form: str
    reason: str
    starts_at: datetime
    place: str = ""
    answers_until: datetime | None = None


@dataclass(frozen=True)
class Guest:
    """Somebody invited by post and organisation; a mail address only with the person's consent."""

    kind: str
    title: str
    organisation: str = ""
    email: str = ""
    has_consented: bool = False


@carries_out("BOG-III.2.1", "BOG-III.2.2", "BOG-III.2.3", "BOG-III.4.3.4", "BOG-III.4.3.4.1")
def convene(
    municipality: Municipality, call: Call, member_ids: Iterable[int], by: User, now: datetime
) -> Meeting:
    """Convene a meeting and fix its participants from among the members (BOG-III.2.3, BOG-III.4.3.4.1)."""
    rights, meetings = needs(by, municipality, ORGANISE), meetings_of(municipality)
    rules.check_mode(meetings, "full", "agenda", "preparation")
    fields = _checked(municipality, call, now)
    day = call.starts_at.astimezone(ZoneInfo(municipality.time_zone)).date()
    made = Meeting.objects.create(
        municipality=municipality,
        number=next_number(Meeting, municipality, year=day.year),
        year=day.year,
        convened_by=by,
        convened_title=rights.title[:200],
        convened_at=now,
        **fields,
    )
    _set_members(made, member_ids)
    record(made, "office.convened", by, municipality, why=f"{name_of(made)}: {made.reason}"[:300])
    return made


def change(meeting: Meeting, call: Call, by: User, now: datetime) -> Meeting:
    """Another time, place or reason: what was agreed and the invitations already sent are asked for anew."""
    needs(by, meeting.municipality, ORGANISE)
    held = locked(meeting, *rules.OPEN)
    fields = _checked(held.municipality, call, now)
    changed = [name for name, value in fields.items() if getattr(held, name) != value]
    if not changed:
        return held
    for name in changed:
        setattr(held, name, fields[name])
    if held.invited_at:
        held.sequence += 1
    if held.state == "invited":
        # People know of another time: the page asks to invite them again.
        held.state = "planned"
    held.save(update_fields=[*changed, "sequence", "state"])
    back_to_planned(held)
    record(held, "office.changed", by, held.municipality, why=name_of(held), details={"changed": changed})
    return held


def back_to_planned(held: Meeting) -> None:
    """What has been changed after it was agreed must be agreed again; without an agreement invitations stand."""
    if held.agreed_at is None and held.state != "agreed":
        return
    held.state, held.agreed_by, held.agreed_at, held.agreed_title = "planned", None, None, ""
    held.save(update_fields=["state", "agreed_by", "agreed_at", "agreed_title"])


@carries_out("BOG-III.4.3.4.1")
def pick_members(meeting: Meeting, member_ids: Iterable[int], by: User, now: datetime) -> Meeting:
    """Participants from among the members; those who are no longer picked leave the list and are told so."""
    needs(by, meeting.municipality, ORGANISE)
    held, chosen = locked(meeting, *rules.OPEN), set(member_ids)
    left = held.participants.filter(kind="member").exclude(user_id__in=chosen).select_related("user")
    gone = list(left)
    _set_members(held, chosen)
    take_back(held, gone, NO_LONGER, now)
    count = held.participants.filter(kind="member").count()
    record(
        held, "office.participants_set", by, held.municipality, why=name_of(held), details={"members": count}
    )
    return held


@carries_out("BOG-III.1.7")
def invite_guest(meeting: Meeting, guest: Guest, by: User, now: datetime) -> Participant:
    """An expert or an official of another body (BOG-III.1.7): post and organisation, never a name."""
    needs(by, meeting.municipality, ORGANISE)
    held = locked(meeting, *rules.OPEN, "running")
    rules.check_mode(meetings_of(held.municipality), "full", "agenda", "preparation")
    if guest.kind not in ("official", "expert"):
        raise Refused("Выберите, кто приглашён: должностное лицо или эксперт.")
    email = guest.email.strip()
    if email and not is_address(email):
        raise Refused(f"«{email[:60]}» — не адрес почты. Исправьте или оставьте пустым.")
    if email and not guest.has_consented:
        raise Refused(
            "Почту приглашённого храним с его согласия: отметьте согласие или пригласите без почты."
        )
    made = Participant.objects.create(
        municipality=held.municipality,
        meeting=held,
        kind=guest.kind,
        title=official_text("Должность", guest.title, TITLE_LIMIT),
        organisation=official_text("Организация", guest.organisation, TITLE_LIMIT, must=False),
        email=email,
        consent_on=day_in(held.municipality, now) if email else None,
    )
    record(held, "office.guest_added", by, held.municipality, why=made.title[:300])
    return made


def drop_guest(meeting: Meeting, guest: Participant, by: User, now: datetime) -> None:
    """Take an invitation back before the meeting; who has got it is told."""
    needs(by, meeting.municipality, ORGANISE)
    held = locked(meeting, *rules.OPEN)
    if guest.kind == "member":
        raise Refused("Состав членов меняют отметками в списке участников.")
    take_back(held, [guest], NO_LONGER, now)
    guest.delete()
    record(held, "office.guest_dropped", by, held.municipality, why=guest.title[:300])


@carries_out("BOR-2.2.в")
def agree(meeting: Meeting, by: User, now: datetime) -> Meeting:
    """Agree the agenda, the day and the time (BOR-2.2.в)."""
    rights = needs(by, meeting.municipality, CHAIR)
    held, meetings = locked(meeting), meetings_of(meeting.municipality)
    if meetings.agenda_approver and meetings.agenda_approver not in rights.role_keys:
        raise Refused("Повестку согласует тот, кого называет Положение, или кто его замещает.")
    state = rules.next_state(meetings, "agree", held.state)
    if not held.items.exists():
        raise Refused("В повестке нет ни одного вопроса: согласовывать нечего.")
    held.state, held.agreed_by, held.agreed_title, held.agreed_at = state, by, rights.title[:200], now
    held.save(update_fields=["state", "agreed_by", "agreed_title", "agreed_at"])
    record(held, "office.agreed", by, held.municipality, why=name_of(held))
    return held


@carries_out("BOR-2.2.г", "DEM-3.2.4")
def prepare(meeting: Meeting, text: str, post: Post, due_on: date, by: User, now: datetime) -> Preparation:
    """A task of preparing the meeting: an errand of its own (BOR-2.2.г, DEM-3.2.4)."""
    held = locked(meeting, *rules.OPEN)
    if due_on > held.starts_at.astimezone(ZoneInfo(held.municipality.time_zone)).date():
        raise Refused("Подготовить нужно не позже дня самого заседания: назовите срок раньше.")
    source = Source("own", held.pk, page_of(held), f"подготовка: {name_of(held)}")
    errand = give(held.municipality, Order(text, post, due_on, source=source), by, now)
    made = Preparation.objects.create(municipality=held.municipality, meeting=held, errand=errand)
    record(held, "office.prepared", by, held.municipality, why=f"поручение № {errand.number}")
    return made


def hold(meeting: Meeting, by: User, now: datetime) -> Meeting:
    """An event without a protocol of ours took place."""
    needs(by, meeting.municipality, ORGANISE)
    held = locked(meeting)
    state = rules.next_state(meetings_of(held.municipality), "hold", held.state)
    if held.starts_at > now:
        raise Refused("Время ещё не наступило: отметьте, когда пройдёт.")
    held.state, held.finished_at = state, now
    held.save(update_fields=["state", "finished_at"])
    record(held, "office.held", by, held.municipality, why=name_of(held))
    return held


def cancel(meeting: Meeting, why: str, by: User, now: datetime) -> Meeting:
    """Call a meeting off with a reason; everyone invited is told."""
    needs(by, meeting.municipality, ORGANISE)
    held = locked(meeting)
    state = rules.next_state(meetings_of(held.municipality), "cancel", held.state)
    held.state, held.cancel_reason = state, official_text("Почему отменено", why, 300)
    held.save(update_fields=["state", "cancel_reason"])
    call_off(held, f"Отменено: {held.cancel_reason}", now)
    record(held, "office.cancelled", by, held.municipality, why=held.cancel_reason)
    return held


def _checked(municipality: Municipality, call: Call, now: datetime) -> dict[str, object]:
    meetings = meetings_of(municipality)
    if meetings.forms and call.form not in meetings.forms:
        raise Refused("Такой формы заседания Положение не знает. Выберите из списка.")
    if call.form not in dict(FORMS):
        raise Refused("Выберите форму: очная или заочная.")
    if call.starts_at <= now:
        raise Refused("Это время уже прошло. Назначьте заседание на будущее.")
    rules.check_absentia(call.form, call.starts_at, call.answers_until)
    return {
        "form": call.form,
        "reason": official_text("Основание", call.reason, REASON_LIMIT),
        "place": official_text("Место", call.place, PLACE_LIMIT, must=False),
        "starts_at": call.starts_at,
        "answers_until": call.answers_until if call.form == "in_absentia" else None,
    }


def _set_members(meeting: Meeting, member_ids: Iterable[int]) -> None:
    chosen = set(member_ids)
    members = {one.user_id: one for one in members_of(meeting.municipality)}
    if not chosen & set(members):
        raise Refused("Выберите хотя бы одного участника из членов центра.")
    kept = {one.user_id: one for one in meeting.participants.filter(kind="member")}
    for user_id, row in kept.items():
        if user_id not in chosen:
            row.delete()
    Participant.objects.bulk_create(
        Participant(
            municipality=meeting.municipality, meeting=meeting, user_id=user_id, title=one.title[:300]
        )
        for user_id, one in members.items()
        if user_id in chosen and user_id not in kept
    )
