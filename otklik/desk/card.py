"""What the card shows, made of what `cases.selectors.card_for` found: chips, tracks, steps, marked text, map."""

from datetime import datetime
from typing import Any

from otklik.cases.models import Case, Move, Term
from otklik.cases.rules import MOVES
from otklik.cases.selectors import Card
from otklik.cases.services.ways import chosen_way, refuse_unfit
from otklik.cases.states import DONE_STATES
from otklik.common.errors import Refused
from otklik.common.words import count
from otklik.deadlines.calendar import WorkCalendar
from otklik.deadlines.clocks import Running
from otklik.desk.clocks import Chip, chip_of, tracks_of
from otklik.desk.deeds import AT_HAND, DEEDS, PRIMARY
from otklik.desk.letter import Asked, pieces_of
from otklik.desk.talk import changes_of, delivery_of, is_picture, reach_words, reply_style, talk_of
from otklik.desk.unfetched import unfetched_of
from otklik.places.selectors import gazetteer_of
from otklik.quality.rules import Fault, find_faults

WRITES = ("assigned", "in_work", "asking")
ON_ANSWER = ("return_answer",)
STEPS = (
    ("Зарегистрировано", ("registered",)),
    ("Назначено", ("assigned",)),
    ("В работе", ("in_work", "asking")),
    ("На согласовании", ("on_approval",)),
    ("На подписи", ("signing",)),
    ("Отправлено", ("placing", "sent")),
    ("Закрыто", ("closed", "forwarded", "left", "joined")),
)
MOVE_WORDS = {
    "register": "Зарегистрировано",
    "registered": "Зарегистрировано",
    "assign": "Назначено",
    "take": "Взято в работу",
    "pass_on": "Передано",
    "return_case": "Возвращено на распределение",
    "ask": "Запрошено уточнение",
    "reply": "Заявитель ответил",
    "submit": "Проект сдан на согласование",
    "return_answer": "Проект возвращён",
    "approve": "Ответ согласован",
    "sign": "Ответ подписан",
    "place": "Размещение подтверждено",
    "close": "Закрыто",
    "close_unanswered": "Закрыто без ответа",
    "undo": "Отменено",
    "release": "Исполнитель освобождён",
    "score": "Заявитель оценил ответ",
    "reopen": "Возобновлено",
    "extend": "Срок продлён",
    "forward": "Переадресовано",
    "send_copies": "Копии направлены",
    "leave": "Оставлено без ответа по существу",
    "join": "Присоединено",
    "said": "В разговоре сказано ещё",
    "edited": "Текст изменён в источнике",
    "removed": "Удалено в источнике",
    "set_topic": "Тема определена",
    "set_place": "Место определено",
    "give_point": "Точка взята из справочника мест",
    "set_kind": "Изменён вид",
    "set_urgency": "Изменена срочность",
    "mark_outcome": "Отмечен итог рассмотрения",
}


def card_context(card: Card, now: datetime, calendar: WorkCalendar) -> dict[str, Any]:
    """Everything the templates of the card need."""
    case = card.case
    hints = hints_of(card)
    left_open = {one.question_number for one in hints if one.question_number}
    answer = card.answers[0] if card.answers else None
    writing = bool(answer or (card.draft and card.draft.text.strip()))
    current = [term for term in card.terms if not term.stopped_at]
    told = {one.outgoing_id for one in card.utterances}
    said = {one.raw_id for one in card.utterances if one.raw_id != case.raw_id}
    return {
        "card": card,
        "case": case,
        "now": now,
        "pieces": pieces_of(
            case.masked_text,
            [Asked(one.number, one.start, one.end) for one in card.questions],
            [*case.topic_words, *case.place_words],
        ),
        "answered": [one.number for one in card.questions if writing and one.number not in left_open],
        "open_questions": [one.number for one in card.questions if not writing or one.number in left_open],
        "chips": chips_of(current, now, calendar),
        "tracks": tracks_of(latest_terms(card.terms), now, calendar),
        "steps": steps_of(case, card.moves),
        "history": [history_line(move) for move in card.moves],
        "answer": answer,
        "writes": case.state in WRITES,
        "is_over": case.state in DONE_STATES,
        "hints": hints,
        "hint_words": count(len(hints), "замечание", "замечания", "замечаний") if hints else "",
        "map": map_of(card),
        "talk": talk_of(card),
        "changes": changes_of(card),
        "reach": reach_words(case),
        "style": reply_style(card),
        "unfit": unfit_of(card),
        "pictures": [one for one in card.files if is_picture(one) and one.file.raw_id not in said],
        "unfetched": unfetched_of(case),
        "papers": [one for one in card.files if not is_picture(one)],
        "letters": [(one, delivery_of(one)) for one in card.outgoing if one.pk not in told],
        "co_bodies": [one.body for one in card.assignments if not one.is_main and one.until is None],
        **deeds_of(card, bool(answer) and case.state not in WRITES),
    }


def chips_of(terms: list[Term], now: datetime, calendar: WorkCalendar) -> list[Chip]:
    """Chips of running clocks, the nearest first."""
    by_time = sorted(terms, key=lambda term: (term.control_at, term.is_inner))
    running: list[Running] = list(by_time[:3])
    return [chip_of(term, now, calendar) for term in running]


def latest_terms(terms: list[Term]) -> list[Term]:
    """The last row of each clock: rows it replaced are in the history."""
    replaced = {term.replaces_id for term in terms}
    return [term for term in terms if term.pk not in replaced]


def steps_of(case: Case, moves: list[Move]) -> list[dict[str, Any]]:
    """The path of the case; each step passed says when it was reached."""
    reached: dict[str, datetime] = {}
    for move in reversed(moves):
        reached.setdefault(move.state, move.at)
    here = next((place for place, (_, states) in enumerate(STEPS) if case.state in states), 0)
    steps = []
    for place, (title, states) in enumerate(STEPS):
        at = next((reached[state] for state in states if state in reached), None)
        steps.append(
            {
                "title": title,
                "at": at,
                "look": "is-now" if place == here else "is-past" if place < here else "",
            }
        )
    steps[0]["at"] = case.registered_at
    if case.state in ("forwarded", "left", "joined"):
        steps[-1]["title"] = case.get_state_display().capitalize()
    elif case.result == "no_answer":
        steps[-1]["title"] = "Закрыто без ответа"
    return steps


def history_line(move: Move) -> dict[str, Any]:
    """A line of the history; the machine's deeds are dashed, a pause has its bars."""
    look = "pause" if move.deed == "ask" else "machine" if move.by_id is None else ""
    title = MOVE_WORDS.get(move.deed) or (MOVES[move.deed].title if move.deed in MOVES else move.deed)
    return {"move": move, "look": look, "title": title}


def hints_of(card: Card) -> list[Fault]:
    """What the quality rules see in the answer under hand; nothing where nothing is written yet."""
    draft_text = card.draft.text if card.draft else ""
    text = card.answers[0].text if card.answers and card.case.state not in WRITES else draft_text
    if not text.strip():
        return []
    author = card.case.applicant.name if card.case.applicant else ""
    return list(find_faults(card.case.masked_text, text, author, [one.text for one in card.questions]))


def unfit_of(card: Card) -> str:
    """Why the draft cannot leave the chosen way, in words with the way out; empty when it can."""
    case, draft = card.case, card.draft
    way = chosen_way(case, draft.way if draft else "")
    if way is None or draft is None or case.state not in WRITES or not draft.text.strip():
        return ""
    try:
        refuse_unfit(draft.text, way, case.channel)
    except Refused as refusal:
        return str(refusal)
    return ""


def deeds_of(card: Card, answer_stands: bool) -> dict[str, Any]:
    """The one primary deed, those at hand, the rest behind «ещё»; closed ones keep their reason.

    Deeds on the answer stand under the answer and nowhere else.
    """
    known = {one.key: one for one in card.deeds if one.key in DEEDS}
    free = [key for key, one in known.items() if not one.refusal]
    primary = next((key for key in PRIMARY if key in free), "")
    at_hand = [key for key in AT_HAND if key in free and key != primary][:2]
    if card.case.state == "asking":
        at_hand = ["reply", *at_hand][:2]
    rest = [one for key, one in known.items() if key != primary and key not in at_hand]
    return {
        "primary": _button(primary) if primary else None,
        "at_hand": [_button(key) for key in at_hand if key not in ON_ANSWER],
        "on_answer": [_button(key) for key in at_hand if key in ON_ANSWER],
        "primary_in_head": bool(primary) and card.case.state not in WRITES and not answer_stands,
        "rest": sorted(
            ({**_button(one.key), "refusal": one.refusal} for one in rest),
            key=lambda one: bool(one["refusal"]),
        ),
        "free": free,
    }


def _button(key: str) -> dict[str, Any]:
    return {
        "key": key,
        "verb": DEEDS[key].verb,
        "at_once": not DEEDS[key].form.base_fields and not DEEDS[key].grave,
    }


def pick_map(case: Case) -> dict[str, Any] | None:
    """A map whose click names the point: around the place on the card, else around the municipality's centre."""
    here = (case.lat, case.lon)
    if case.settlement and None in here:
        here = (case.settlement.lat, case.settlement.lon)
    towns = gazetteer_of(case.municipality.key).settlements
    centre = next(((one.lat, one.lon) for one in towns if one.is_centre), (None, None))
    lat, lon = centre if None in here else here
    if lat is None or lon is None:
        return None
    points = (
        [{"lat": case.lat, "lon": case.lon, "title": "точка на карточке"}] if case.lat is not None else []
    )
    return {"points": points, "centre": [lat, lon], "zoom": 15 if points else 12, "pick": True}


def map_of(card: Card) -> dict[str, Any] | None:
    """The case as a drop, like cases as rings; nothing without a point."""
    case = card.case
    if case.lat is None or case.lon is None:
        return None
    near = [
        {"lat": twin.other.lat, "lon": twin.other.lon, "number": twin.other.number, "gist": twin.other.gist}
        for twin in card.twins
        if twin.other.lat is not None
    ]
    return {
        "points": [{"lat": case.lat, "lon": case.lon, "title": case.place_line}],
        "near": near,
        "radius": 300,
    }
