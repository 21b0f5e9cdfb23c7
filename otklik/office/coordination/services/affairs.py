"""Deeds of affairs with others, of every kind alike: plan, hold with a result, call off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from otklik.accounts.models import Body, Post, User
from otklik.audit.services import record
from otklik.channels.models import StoredFile
from otklik.charter.carrying import carries_out
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.words import table_day
from otklik.language.official import official_text
from otklik.office.coordination.models import KINDS, MEANS, Affair, Attachment, Participant
from otklik.office.coordination.services.common import TITLE, allowed, day_of, people_on, tell
from otklik.office.coordination.words import affair_address
from otklik.topics.models import Block, Topic

TAKES_PART = "Записывает тот, кто участвует в работе центра."


@dataclass(frozen=True)
class AffairText:
    """What a record says when it is made."""

    kind: str
    title: str
    day: date
    partner: Body | None = None
    with_whom: str = ""
    block_key: str = ""
    topic: Topic | None = None
    means: str = ""
    programme: str = ""
    ground: str = ""
    posts: Sequence[Post] = ()


def note_affair(town: Municipality, said: AffairText, by: User, now: datetime) -> Affair:
    """Write an affair down and tell who takes part. Raises Refused for what its kind cannot do without."""
    rights = allowed(by, town, TAKES_PART, "office.attend", "office.organise")
    _check(town, said)
    with transaction.atomic():
        affair = Affair.objects.create(
            municipality=town,
            kind=said.kind,
            title=official_text("О чём", said.title, 300),
            partner=said.partner,
            with_whom=official_text("С кем", said.with_whom, 200, must=False),
            block_key=said.block_key,
            topic=said.topic,
            means=said.means,
            programme=official_text("Программа", said.programme, must=False),
            ground=official_text("Основание", said.ground, 300, must=False),
            day=said.day,
            made_at=now,
            made_by=by,
            made_title=rights.title[:TITLE],
        )
        posts = list(dict.fromkeys(said.posts))
        Participant.objects.bulk_create(
            [Participant(municipality=town, affair=affair, post=post) for post in posts]
        )
    record(affair, "coordination.affair_noted", by, town, title=_named(affair), details={"kind": said.kind})
    text = f"{_named(affair)}, {table_day(affair.day)}: вы в составе участников"
    people = [one for one in people_on(posts, day_of(now, town)) if one != by]
    tell(town, people, text, affair_address(affair))
    return affair


@carries_out(
    "BOG-III.4.1.1",
    "BOG-III.4.1.3",
    "BOG-III.5.2",
    "BOG-III.6",
    "BOR-2.4.а",
    "BOR-3.1",
    "DEM-2.2.10",
    "DEM-2.3",
    "LOV-3.5.1",
    "LOV-4.3.3.1",
)
def hold_affair(
    affair: Affair,
    result: str,
    on: date,
    came: Sequence[Post],
    files: Sequence[StoredFile],
    by: User,
    now: datetime,
) -> Affair:
    """Write down how it ended, which posts took part, with its papers. Raises Refused for a day that has not come."""
    town = affair.municipality
    rights = allowed(by, town, TAKES_PART, "office.attend", "office.organise")
    if on > day_of(now, town):
        raise Refused("Этот день ещё не наступил: итог записывают после.")
    with transaction.atomic():
        affair = _open(affair)
        affair.result = official_text("Итог", result)
        affair.held_on, affair.held_at, affair.held_title = on, now, rights.title[:TITLE]
        affair.save(update_fields=["result", "held_on", "held_at", "held_title"])
        ids = {post.pk for post in came}
        for one in affair.participants.all():
            one.came = one.post_id in ids
            one.save(update_fields=["came"])
        Attachment.objects.bulk_create(
            [
                Attachment(municipality=town, file=file, affair=affair, added_at=now, added_by=by)
                for file in files
            ]
        )
    record(affair, "coordination.affair_held", by, town, title=_named(affair), details={"kind": affair.kind})
    return affair


def call_off(affair: Affair, why: str, by: User, now: datetime) -> Affair:
    """It will not be; the record stays with the reason."""
    town = affair.municipality
    allowed(by, town, TAKES_PART, "office.attend", "office.organise")
    said = official_text("Почему", why, 300)
    with transaction.atomic():
        affair = _open(affair)
        affair.called_off_at, affair.called_off_why = now, said
        affair.save(update_fields=["called_off_at", "called_off_why"])
    record(affair, "coordination.affair_called_off", by, town, why=said, title=_named(affair))
    posts = [one.post for one in affair.participants.select_related("post")]
    text = f"{_named(affair)}, {table_day(affair.day)}: отменено, {said}"
    tell(town, people_on(posts, day_of(now, town)), text, affair_address(affair))
    return affair


def _check(town: Municipality, said: AffairText) -> None:
    if said.kind not in dict(KINDS):
        raise Refused("Выберите, что записываете: совещание, обучение, взаимодействие, обеспечение.")
    if said.kind in ("outer_meeting", "cooperation") and not (said.partner or said.with_whom.strip()):
        raise Refused("Назовите, с кем: выберите орган или напишите.")
    if said.kind == "training" and not said.posts:
        raise Refused("Выберите должности: учить некого.")
    if said.kind == "support" and said.means not in dict(MEANS):
        raise Refused("Выберите, чем обеспечивают: помещение, оборудование, средства, люди.")
    if said.block_key and not Block.objects.filter(municipality=town, key=said.block_key).exists():
        raise Refused("Такого блока нет: выберите из списка.")


def _open(affair: Affair) -> Affair:
    found = Affair.objects.select_for_update(of=("self",)).select_related("municipality").get(pk=affair.pk)
    if found.called_off_at:
        raise Refused(f"Отменено: {found.called_off_why}")
    if found.held_at:
        raise Refused("Итог уже записан. Обновите страницу.")
    return found


def _named(affair: Affair) -> str:
    return f"{dict(KINDS)[affair.kind].capitalize()} «{affair.title[:150]}»"
