"""Invitations: a letter with an iCalendar file to everyone who has a mailbox, a notice to every member, a word in the
messenger's chat of colleagues where the centre has one.

What was promised by an invitation is taken back the same way: a meeting called off, a person picked no more.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from otklik.accounts.models import User
from otklik.accounts.services import leave_notice
from otklik.audit.services import record
from otklik.channels.files import store_made
from otklik.channels.models import StoredFile
from otklik.channels.services import channel_of_kind, make_outgoing
from otklik.channels.services.inner import tell_colleagues
from otklik.common.errors import Refused
from otklik.common.words import tie
from otklik.office import rules
from otklik.office.models import Meeting, Participant
from otklik.office.selectors import name_of, page_of
from otklik.office.services.guard import ORGANISE, locked, meetings_of, needs

CALENDAR = "text/calendar"
USUAL = timedelta(hours=1)
NOTICE_LIMIT = 300


def invite(meeting: Meeting, by: User, now: datetime) -> Meeting:
    """Invite everyone picked; asked again after a change, it sends the new time to the same people."""
    needs(by, meeting.municipality, ORGANISE)
    held, meetings = locked(meeting), meetings_of(meeting.municipality)
    state = rules.next_state(meetings, "invite", held.state)
    zone = ZoneInfo(held.municipality.time_zone)
    rules.check_notice(meetings, held.starts_at.astimezone(zone).date(), now.astimezone(zone).date())
    people = list(held.participants.select_related("user"))
    if not people:
        raise Refused("Участников нет: сначала выберите, кого приглашать.")
    calendar = store_made(calendar_of(held, now), "priglashenie.ics", CALENDAR, held.municipality)
    for one in people:
        _invite(held, one, calendar, now)
    about, key = f"meeting-{held.pk}", f"invitation:{held.pk}:chat:{held.sequence}"
    tell_colleagues(held.municipality, about, f"Приглашение: {name_of(held)}", notice_of(held), key, now)
    held.state, held.invited_at = state, now
    held.save(update_fields=["state", "invited_at"])
    record(held, "office.invited", by, held.municipality, why=name_of(held), details={"people": len(people)})
    return held


def call_off(held: Meeting, why: str, now: datetime) -> None:
    """Tell everyone invited, and the chat of colleagues that was invited too, that there will be no meeting."""
    if held.invited_at is None:
        return
    take_back(held, held.participants.select_related("user"), why, now)
    about, key = f"meeting-{held.pk}", f"invitation:{held.pk}:chat:off"
    tell_colleagues(held.municipality, about, f"Отмена: {name_of(held)}", _taken_back(held, why), key, now)


def take_back(held: Meeting, people: Iterable[Participant], why: str, now: datetime) -> int:
    """Tell everyone invited that they need not come, and take it out of their calendars; returns how many were told."""
    told = [one for one in people if one.told_at is not None]
    if not told:
        return 0
    # A later invitation of the same person must be newer than this.
    held.sequence += 1
    held.save(update_fields=["sequence"])
    said = _taken_back(held, why)
    calendar = store_made(calendar_of(held, now, True), "otmena.ics", CALENDAR, held.municipality)
    for one in told:
        if address := _address(one):
            make_outgoing(
                channel=channel_of_kind(held.municipality, "email"),
                kind="invitation",
                about=f"meeting-{held.pk}",
                recipient=address,
                subject=f"Отмена приглашения: {name_of(held)}",
                body=tie(f"{said}\n\nОтмена для календаря во вложении."),
                key=f"invitation:{held.pk}:{one.pk}:{held.sequence}:off",
                files=[calendar],
                now=now,
            )
        if one.user:
            leave_notice(held.municipality, said[:NOTICE_LIMIT], page_of(held), user=one.user)
    return len(told)


def calendar_of(meeting: Meeting, now: datetime, is_off: bool = False) -> bytes:
    """The meeting as iCalendar: the same UID always, a greater SEQUENCE after every move, so a calendar corrects it.

    `is_off` takes it out of the calendar it stands in.
    """
    # Asked once a meeting, by those who invite: other screens need not carry the library.
    from icalendar import Calendar, Event, vCalAddress

    zone = ZoneInfo(meeting.municipality.time_zone)
    event, calendar = Event(), Calendar()
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "localhost"
    event.add("uid", f"meeting-{meeting.municipality.key}-{meeting.pk}@{domain}")
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", now)
    event.add("dtstart", meeting.starts_at.astimezone(zone))
    event.add("dtend", (meeting.answers_until or meeting.starts_at + USUAL).astimezone(zone))
    event.add("summary", name_of(meeting))
    event.add("location", meeting.place or ("заочно" if meeting.form == "in_absentia" else ""))
    event.add("description", "\n".join(_agenda(meeting)))
    event.add(
        "organizer", vCalAddress(f"mailto:{settings.DEFAULT_FROM_EMAIL.rpartition('<')[2].rstrip('>')}")
    )
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    calendar.add("prodid", "-//Otklik//Meetings//RU")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if is_off else "PUBLISH")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def letter_of(meeting: Meeting) -> str:
    """The text of the letter with the calendar."""
    return tie(f"{notice_of(meeting)} Приглашение для календаря во вложении.")


def notice_of(meeting: Meeting) -> str:
    """The text of the invitation: when, where, what about; no names, no cases."""
    zone = ZoneInfo(meeting.municipality.time_zone)
    lines = [f"{name_of(meeting)}, {rules.say_when(meeting.starts_at.astimezone(zone))}."]
    if meeting.form == "in_absentia" and meeting.answers_until:
        lines.append(
            f"Форма заочная: мнения принимаем до {rules.say_when(meeting.answers_until.astimezone(zone))}."
        )
    elif meeting.place:
        lines.append(f"Место: {meeting.place}.")
    lines += [f"Основание: {meeting.reason}.", "", "Повестка:", *_agenda(meeting)]
    return tie("\n".join([*lines, "", "Материалы — в системе «Отклик»."]))


def _agenda(meeting: Meeting) -> list[str]:
    titles = meeting.items.order_by("position", "pk").values_list("title", flat=True)
    return [f"{place}. {title}" for place, title in enumerate(titles, 1)] or ["составляется"]


def _invite(held: Meeting, one: Participant, calendar: StoredFile, now: datetime) -> None:
    address = _address(one)
    if address:
        one.invitation = make_outgoing(
            channel=channel_of_kind(held.municipality, "email"),
            kind="invitation",
            about=f"meeting-{held.pk}",
            recipient=address,
            subject=f"Приглашение: {name_of(held)}",
            body=letter_of(held),
            key=f"invitation:{held.pk}:{one.pk}:{held.sequence}",
            files=[calendar],
            now=now,
        )
    if one.user:
        when = rules.say_when(held.starts_at.astimezone(ZoneInfo(held.municipality.time_zone)))
        said = f"Вас приглашают: {name_of(held)}, {when}"
        leave_notice(held.municipality, said[:NOTICE_LIMIT], page_of(held), user=one.user)
    one.told_at = now if address or one.user else None
    one.save(update_fields=["invitation", "told_at"])


def _address(one: Participant) -> str:
    return one.email or (one.user.email if one.user else "")


def _taken_back(held: Meeting, why: str) -> str:
    when = rules.say_when(held.starts_at.astimezone(ZoneInfo(held.municipality.time_zone)))
    return f"{name_of(held)}, {when}. {why}"
