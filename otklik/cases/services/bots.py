"""What bots ask of the keepers of cases: the person's own cases and how they stand, in the person's words.

A talk knows only messages it has sent itself, so nobody is told of a stranger's case.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from otklik.cases.models import Case
from otklik.channels.models import BotEvent, RawMessage
from otklik.channels.services.talking import answer_talk, asked_events
from otklik.common.models import Municipality

MOST = 10
NONE = "Сообщений от вас здесь пока нет. Напишите, что случилось, и мы дадим номер."
NO_NUMBER = "Сообщения с таким номером из этого чата не было. Проверьте номер или нажмите «Мои обращения»."
WAITING = "Последнее сообщение ещё регистрируем: номер придёт сюда."
STANDS = {
    "registered": "принято, выбираем исполнителя",
    "assigned": "передано исполнителю",
    "in_work": "исполнитель работает",
    "asking": "ждём вашего уточнения: ответьте на наш вопрос здесь же",
    "on_approval": "готовим ответ",
    "signing": "готовим ответ",
    "placing": "готовим ответ",
    "sent": "ответ отправлен",
    "closed": "ответ отправлен, работа закончена",
    "forwarded": "передано по закону другому органу",
    "left": "оставлено без ответа по существу, причина в письме",
    "joined": "рассматриваем вместе с такими же сообщениями",
}
DUE = frozenset({"registered", "assigned", "in_work", "on_approval", "signing", "placing"})


def tell_states(municipality: Municipality, now: datetime) -> int:
    """Answer everybody who asked «мои обращения»; in the caller's transaction. Returns how many were answered."""
    events = asked_events(municipality, "status")
    for event in events:
        answer_talk(event, "talk_status", _states(event), now)
    return len(events)


def cases_of_talk(event: BotEvent) -> list[Case]:
    """Cases made of what this talk has sent, the newest first."""
    sent = [str(one) for one in event.content.get("sent", ())]
    found = Case.objects.filter(municipality=event.municipality_id, channel=event.channel, outer_id__in=sent)
    return list(found.order_by("-came_at", "-id"))


def _states(event: BotEvent) -> str:
    cases, number = cases_of_talk(event), str(event.content.get("number") or "")
    if number:
        named = [case for case in cases if number in (case.number, case.order_number)]
        return _line(named[0]) if named else NO_NUMBER
    lines = [_line(case) for case in cases[:MOST]]
    sent = event.content.get("sent", ())
    if RawMessage.objects.filter(channel=event.channel, outer_id__in=sent, state="new").exists():
        lines.insert(0, WAITING)
    return "\n\n".join(lines) or NONE


def _line(case: Case) -> str:
    stands = STANDS.get(case.state, case.get_state_display())
    due = case.next_legal_at
    if due and case.state in DUE:
        stands = f"{stands}, ответим до {due.astimezone(ZoneInfo(case.municipality.time_zone)):%d.%m.%Y}"
    return f"№ {case.number}: {case.gist}\n{stands}"
