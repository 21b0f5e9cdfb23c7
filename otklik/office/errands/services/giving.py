"""An errand is given: one verb, one responsible post, one date, a result that can be seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from otklik.accounts.models import Post, User
from otklik.accounts.selectors import Rights, held_posts, rights_of
from otklik.audit.services import record
from otklik.charter.carrying import carries_out
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.queue import next_number
from otklik.office.errands import rules
from otklik.office.errands.models import CoExecutor, Errand
from otklik.office.errands.services.keeping import day_of, keep
from otklik.office.errands.services.telling import tell

GIVES = {"roadmap": "problems.manage"}
"""Kinds of errands given by another right than `office.errands`."""
BY_SIGNATURE = "protocol"
"""Given by the signing of a protocol alone, which has asked who leads: a deputy on record may hold neither right."""

TEXT_LIMIT = 500


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
    _check_order(order, rights, day_of(municipality, now))
    made = Errand.objects.create(
        municipality=municipality,
        number=next_number(Errand, municipality),
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
    keep(made, "given", by, rights, now, due_new=made.due_on)
    record(made, "errands.given", by, municipality, why=f"№ {made.number}: {made.text}"[:300])
    tell(made, [made.post, *(one.post for one in helpers)], f"Вам поручено: {made.text}")
    return made


def _check_order(order: Order, rights: Rights, today: date) -> None:
    if order.source.kind not in rules.KINDS or order.priority not in rules.PRIORITIES:
        raise Refused("Выберите из списка, откуда поручение и насколько оно важно.")
    needed = {"office.errands", GIVES.get(order.source.kind, "office.errands")}
    if order.source.kind != BY_SIGNATURE and not rights.permissions & needed:
        raise Refused(
            "Давать поручения может тот, у кого есть это право в положении: попросите руководителя."
        )
    if not 1 <= len(order.text.strip()) <= TEXT_LIMIT:
        raise Refused(f"Напишите, что сделать: от одного до {TEXT_LIMIT} знаков.")
    if len(order.result.strip()) > TEXT_LIMIT:
        raise Refused(f"Результат — не длиннее {TEXT_LIMIT} знаков.")
    if order.controller is not None and order.controller.pk == order.post.pk:
        raise Refused("Исполнитель не контролирует сам себя: выберите другого контролёра.")
    if order.controller is None and order.post.pk in rights.post_ids:
        raise Refused("Эту должность занимаете вы сами: назовите, кто проконтролирует исполнение.")
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
