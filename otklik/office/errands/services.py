"""Deeds of errands: give, take, note, report, ask for more time, accept, send back, extend, remove from control.

Called by the desk, by the signing of a protocol and by roadmaps. Each deed locks its errand, asks the rules, leaves a
row of history, a journal line and a notice to whom it now concerns.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.db.models import Max

from otklik.accounts.models import Post, User
from otklik.accounts.selectors import Rights, held_posts, rights_of
from otklik.accounts.services import leave_notice
from otklik.audit.services import record
from otklik.channels.models import StoredFile
from otklik.charter.carrying import carries_out
from otklik.common import words as say
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.office.errands import rules
from otklik.office.errands.models import CoExecutor, Errand, ErrandFile, ErrandMove
from otklik.office.errands.selectors import errands_of, parties_of

PAGE = "/errands/"
GIVES = {"protocol": "office.chair", "roadmap": "problems.manage"}
"""Kinds of errands given by another right than `office.errands`: who signs a protocol gives what it decides."""
TEXT_LIMIT = 500
WORDS_LIMIT = 1000
NOTICE_LIMIT = 300


@dataclass(frozen=True)
class Source:
    """Where an errand comes from: `rules.KINDS`, the row and the address of the thing, its name in words."""

    kind: str = "own"
    key: int | None = None
    link: str = ""
    words: str = ""
    case_number: str = ""


@dataclass(frozen=True)
class Order:
    """What is ordered: one verb with its object, the responsible post, the date, the result to be seen.

    `controller` None means the giver controls; it is never the responsible post itself.
    """

    text: str
    post: Post
    due_on: date
    result: str = ""
    controller: Post | None = None
    helpers: Sequence[Post] = ()
    priority: str = "usual"
    block_key: str = ""
    source: Source = Source()


@carries_out(
    "BOG-III.4.3.3",
    "BOR-2.3.г",
    "DEM-3.3.4",
    "LOV-2.3.2",
    "LOV-3.3.3",
    "MIH-3.2.11",
    "MIH-4.1.2.5",
    "MIH-4.3.4",
)
@transaction.atomic
def give(municipality: Municipality, order: Order, by: User, now: datetime) -> Errand:
    """Give an errand and tell the people of the responsible post (BOR-2.3.г, BOG-III.4.3.3, DEM-3.3.4, LOV-2.3.2,
    MIH-4.1.2.5). Raises Refused without the right, without words, with a past date, or with the
    post controlling itself.
    """
    rights = rights_of(by, municipality)
    _check_order(order, rights, _day(municipality, now))
    made = Errand.objects.create(
        municipality=municipality,
        number=_next_number(municipality),
        kind=order.source.kind,
        source_id=order.source.key,
        source_link=order.source.link[:200],
        source_words=order.source.words[:200],
        case_number=order.source.case_number,
        block_key=order.block_key or block_of(order.post),
        text=order.text.strip(),
        result=order.result.strip(),
        priority=order.priority,
        post=order.post,
        body=order.post.body,
        controller=order.controller,
        given_by=by,
        given_title=rights.title[:200],
        given_at=now,
        first_due_on=order.due_on,
        due_on=order.due_on,
    )
    helpers = [CoExecutor(municipality=municipality, errand=made, post=post) for post in _helpers(order)]
    CoExecutor.objects.bulk_create(helpers)
    _keep(made, "given", by, rights, now, due_new=made.due_on)
    record(made, "errands.given", by, municipality, why=f"№ {made.number}: {made.text}"[:300])
    tell(made, [made.post, *(one.post for one in helpers)], f"Вам поручено: {made.text}")
    return made


def _check_order(order: Order, rights: Rights, today: date) -> None:
    if order.source.kind not in rules.KINDS or order.priority not in rules.PRIORITIES:
        raise Refused("Выберите из списка, откуда поручение и насколько оно важно.")
    if not rights.permissions & {"office.errands", GIVES.get(order.source.kind, "office.errands")}:
        raise Refused(
            "Давать поручения может тот, у кого есть это право в положении: попросите руководителя."
        )
    if not 1 <= len(order.text.strip()) <= TEXT_LIMIT:
        raise Refused(f"Напишите, что сделать: от одного до {TEXT_LIMIT} знаков.")
    if len(order.result.strip()) > TEXT_LIMIT:
        raise Refused(f"Результат — не длиннее {TEXT_LIMIT} знаков.")
    if order.controller is not None and order.controller.pk == order.post.pk:
        raise Refused("Исполнитель не контролирует сам себя: выберите другого контролёра.")
    rules.check_dates(today, order.due_on)


def block_of(post: Post) -> str:
    """The block whose people hold the post today; empty when none does or several do."""
    keys = set(
        held_posts(post.municipality)
        .filter(post=post)
        .exclude(block_key="")
        .values_list("block_key", flat=True)
    )
    return keys.pop() if len(keys) == 1 else ""


def _helpers(order: Order) -> list[Post]:
    return list({post.pk: post for post in order.helpers if post.pk != order.post.pk}.values())


def act(
    errand: Errand, deed: str, by: User, now: datetime, words: str = "", files: Sequence[StoredFile] = ()
) -> Errand:
    """Do one of `rules.DEEDS` that moves no date: take, note, report, accept, send_back, refuse, remove.

    Raises Refused by the rules; of two people who act at once the second sees the errand as the first left it.
    """
    with transaction.atomic():
        held, rights = _locked(errand), rights_of(by, errand.municipality)
        rule = rules.check_deed(deed, held.state, parties_of(held, by, rights), words)
        if deed == "refuse" and held.asked_due_on is None:
            raise Refused("Просьбы о продлении нет: отвечать не на что.")
        _move(held, deed, rule.leads_to, now)
        move = _keep(held, deed, by, rights, now, words)
        _attach(move, files)
        record(held, f"errands.{deed}", by, held.municipality, why=f"№ {held.number}. {words.strip()}"[:300])
        _tell_of(held, deed, words)
    return held


def ask_more_time(errand: Errand, new: date, words: str, by: User, now: datetime) -> Errand:
    """Ask the controller to move the date; asked before it passes and with a reason. Raises Refused."""
    with transaction.atomic():
        held, rights = _locked(errand), rights_of(by, errand.municipality)
        rules.check_deed("ask", held.state, parties_of(held, by, rights), words)
        if held.asked_due_on is not None:
            raise Refused("О продлении уже попросили: дождитесь решения контролёра.")
        rules.check_asking(held.due_on, new, _day(held.municipality, now))
        held.asked_due_on = new
        held.save(update_fields=["asked_due_on"])
        _keep(held, "ask", by, rights, now, words, held.due_on, new)
        record(held, "errands.ask", by, held.municipality, why=f"№ {held.number}. {words.strip()}"[:300])
        _tell_of(held, "ask", words)
    return held


def extend(errand: Errand, new: date, words: str, by: User, now: datetime) -> Errand:
    """Move the date, asked or not: the controller's decision with its ground; every former date stays in history."""
    with transaction.atomic():
        held, rights = _locked(errand), rights_of(by, errand.municipality)
        rules.check_deed("extend", held.state, parties_of(held, by, rights), words)
        today, was = _day(held.municipality, now), held.due_on
        rules.check_new_date(was, new, today)
        held.was_late = held.was_late or today > was
        held.due_on, held.asked_due_on, held.extensions = new, None, held.extensions + 1
        held.save(update_fields=["due_on", "asked_due_on", "extensions", "was_late"])
        _keep(held, "extend", by, rights, now, words, was, new)
        details = {"was": was.isoformat(), "now": new.isoformat()}
        why = f"№ {held.number}. {words.strip()}"[:300]
        record(held, "errands.extend", by, held.municipality, why=why, details=details)
        _tell_of(held, "extend", words)
    return held


def _locked(errand: Errand) -> Errand:
    rows = errands_of(errand.municipality).select_for_update(of=("self",))
    return rows.select_related("municipality", "post__body", "controller__body").get(pk=errand.pk)


def _move(held: Errand, deed: str, leads_to: str, now: datetime) -> None:
    if leads_to:
        held.state = leads_to
    if deed == "report":
        held.reported_at = now
    if deed in ("report", "refuse"):
        held.asked_due_on = None
    if deed == "send_back":
        held.returns += 1
    if held.state not in rules.OPEN:
        held.closed_at, held.asked_due_on = now, None
    held.save(update_fields=["state", "reported_at", "asked_due_on", "returns", "closed_at"])


def _keep(
    errand: Errand,
    deed: str,
    by: User,
    rights: Rights,
    now: datetime,
    words: str = "",
    due_was: date | None = None,
    due_new: date | None = None,
) -> ErrandMove:
    said = words.strip()
    if len(said) > WORDS_LIMIT:
        raise Refused(f"Не длиннее {WORDS_LIMIT} знаков: остальное приложите файлом.")
    return ErrandMove.objects.create(
        municipality=errand.municipality,
        errand=errand,
        deed=deed,
        at=now,
        by=by,
        by_title=rights.title[:200],
        words=said,
        due_was=due_was,
        due_new=due_new,
    )


def _attach(move: ErrandMove, files: Sequence[StoredFile]) -> None:
    rows = [ErrandFile(municipality=move.municipality, move=move, file=one) for one in files]
    ErrandFile.objects.bulk_create(rows)


TOLD: dict[str, tuple[str, str]] = {
    "report": ("controller", "Отчёт об исполнении ждёт приёмки"),
    "ask": ("controller", "Просят продлить срок"),
    "accept": ("responsible", "Исполнение принято"),
    "send_back": ("responsible", "Отчёт возвращён"),
    "extend": ("responsible", "Срок продлён"),
    "refuse": ("responsible", "В продлении отказано"),
    "remove": ("responsible", "Снято с контроля"),
}


def _tell_of(errand: Errand, deed: str, words: str) -> None:
    if deed not in TOLD:
        return
    whom, head = TOLD[deed]
    said = f"{head}: поручение № {errand.number} «{errand.text}»"
    if whom == "responsible":
        tell(errand, [errand.post], said)
    elif errand.controller is not None:
        tell(errand, [errand.controller], said)
    else:
        leave_notice(errand.municipality, _short(said), page_of(errand), user=errand.given_by)


def tell(errand: Errand, posts: Sequence[Post], said: str) -> None:
    """A line to everyone who holds these posts today; a post nobody holds is told through its body."""
    held = held_posts(errand.municipality).filter(post__in=posts)
    people = list(held.values_list("user_id", "post_id"))
    for user in User.objects.filter(pk__in={person for person, _ in people}).order_by("pk"):
        leave_notice(errand.municipality, _short(said), page_of(errand), user=user)
    for post in posts:
        if post.pk not in {kept for _, kept in people}:
            leave_notice(errand.municipality, _short(said), page_of(errand), body=post.body)


def page_of(errand: Errand) -> str:
    """The address of the errand's card."""
    return f"{PAGE}{errand.number}/"


def _short(said: str) -> str:
    tied = say.tie(said)
    return tied if len(tied) <= NOTICE_LIMIT else f"{tied[: NOTICE_LIMIT - 1]}…"


def _day(municipality: Municipality, now: datetime) -> date:
    return now.astimezone(ZoneInfo(municipality.time_zone)).date()


def _next_number(municipality: Municipality) -> int:
    """Numbers follow one another without gaps: whoever gives at the same moment waits for this line."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"errands:{municipality.pk}"]
        )
    kept = Errand.objects.filter(municipality=municipality)
    return (kept.aggregate(last=Max("number"))["last"] or 0) + 1
