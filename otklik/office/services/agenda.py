"""The agenda and what is brought to it: questions of people and of the data, materials, members' proposals."""

from dataclasses import asdict
from datetime import datetime

from django.db.models import Max

from otklik.accounts.models import User
from otklik.accounts.selectors import rights_of
from otklik.audit.services import record
from otklik.channels.files import store_file
from otklik.charter.carrying import carries_out
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.language.official import official_text
from otklik.office import rules
from otklik.office.models import AgendaItem, Material, Meeting, Proposal
from otklik.office.offers import Offer
from otklik.office.selectors import name_of, title_in
from otklik.office.services.convening import back_to_planned
from otklik.office.services.guard import ATTEND, CHAIR, ORGANISE, check_writes, locked, meetings_of, needs

TITLE_LIMIT, WHY_LIMIT, TEXT_LIMIT = 300, 500, 1000
EDITED = (*rules.OPEN, "running")
"""A question may be added until the discussion is over."""


def add_question(meeting: Meeting, title: str, why: str, speaker: str, by: User, now: datetime) -> AgendaItem:
    """A question of a person's own."""
    said = official_text("Вопрос", title, TITLE_LIMIT)
    return _add(meeting, Offer("", said, official_text("Почему", why, WHY_LIMIT, must=False)), speaker, by)


def take_offer(meeting: Meeting, offer: Offer, by: User) -> AgendaItem:
    """A question the data offer, with the figures it was offered with."""
    if meeting.items.filter(source=offer.source).exists():
        raise Refused("Этот вопрос уже в повестке.")
    return _add(meeting, offer, "", by)


def _add(meeting: Meeting, offer: Offer, speaker: str, by: User) -> AgendaItem:
    check_writes(meeting, by)
    held = locked(meeting, *EDITED)
    rules.check_mode(meetings_of(held.municipality), "full", "agenda")
    last = held.items.aggregate(last=Max("position"))["last"] or 0
    made = AgendaItem.objects.create(
        municipality=held.municipality,
        meeting=held,
        position=last + 1,
        title=offer.title[:TITLE_LIMIT],
        source=offer.source,
        reason=offer.reason[:WHY_LIMIT],
        link=offer.link[:300],
        figures=[asdict(one) for one in offer.figures],
        speaker=official_text("Докладчик", speaker, TITLE_LIMIT, must=False),
    )
    _changed(held, by, f"добавлен вопрос «{made.title}»")
    return made


def move_question(item: AgendaItem, step: int, by: User) -> None:
    """One place up (−1) or down (+1); the others keep their order."""
    check_writes(item.meeting, by)
    held = locked(item.meeting, *EDITED)
    order = list(held.items.order_by("position", "pk"))
    place = next(place for place, one in enumerate(order) if one.pk == item.pk)
    to = min(max(place + step, 0), len(order) - 1)
    if to == place:
        return
    order.insert(to, order.pop(place))
    for position, one in enumerate(order, 1):
        one.position = position
    AgendaItem.objects.bulk_update(order, ["position"])
    _changed(held, by, f"«{item.title}» теперь вопрос {to + 1}")


def drop_question(item: AgendaItem, by: User) -> None:
    """Take a question out; one with words or decisions stays."""
    check_writes(item.meeting, by)
    held = locked(item.meeting, *EDITED)
    if item.heard or item.spoke or item.decisions.exists():
        raise Refused("По этому вопросу уже есть записи в протоколе: убрать его нельзя.")
    item.delete()
    _changed(held, by, f"убран вопрос «{item.title}»")


def name_speaker(item: AgendaItem, speaker: str, by: User) -> AgendaItem:
    """Who reports on the question, by post."""
    check_writes(item.meeting, by)
    locked(item.meeting, *EDITED)
    item.speaker = official_text("Докладчик", speaker, TITLE_LIMIT, must=False)
    item.save(update_fields=["speaker"])
    return item


def _changed(held: Meeting, by: User, said: str) -> None:
    if held.state in rules.OPEN:
        back_to_planned(held)
    record(held, "office.agenda_changed", by, held.municipality, why=f"{name_of(held)}: {said}"[:300])


@carries_out("BOG-III.3.1.1")
def add_material(
    meeting: Meeting,
    title: str,
    by: User,
    now: datetime,
    item: AgendaItem | None = None,
    file: tuple[str, bytes] | None = None,
    link: str = "",
) -> Material:
    """A paper of a member for the meeting (BOG-III.3.1.1): a file or a page of the system."""
    rights = needs(by, meeting.municipality, ATTEND)
    held = locked(meeting, *EDITED)
    if file is None and not link:
        raise Refused("Приложите файл или выберите отчёт.")
    if link and not (link.startswith("/") and not link.startswith("//")):
        raise Refused("Ссылка ведёт внутрь системы: выберите отчёт из списка.")
    made = Material.objects.create(
        municipality=held.municipality,
        meeting=held,
        item=item,
        title=official_text("Название", title or (file[0] if file else ""), 200),
        file=store_file(file[1], file[0], held.municipality) if file else None,
        link=link[:300],
        by=by,
        by_title=(title_in(held.municipality, by) or rights.title)[:200],
        at=now,
    )
    record(held, "office.material_added", by, held.municipality, why=made.title)
    return made


def drop_material(material: Material, by: User) -> None:
    """Take a paper away: whoever brought it, or who prepares the meeting."""
    held = locked(material.meeting, *EDITED)
    if material.by_id != by.pk:
        needs(by, held.municipality, ORGANISE)
    material.delete()
    record(held, "office.material_dropped", by, held.municipality, why=material.title)


@carries_out("BOG-III.3.2")
def propose(municipality: Municipality, text: str, by: User, now: datetime) -> Proposal:
    """A member's proposal about the work of the centre (BOG-III.3.2)."""
    rights = needs(by, municipality, ATTEND)
    rules.check_mode(meetings_of(municipality), "full", "agenda", "preparation")
    made = Proposal.objects.create(
        municipality=municipality,
        text=official_text("Предложение", text, TEXT_LIMIT),
        by=by,
        by_title=(title_in(municipality, by) or rights.title)[:200],
        at=now,
    )
    record(made, "office.proposed", by, municipality, why=made.text[:300])
    return made


def decide_proposal(
    proposal: Proposal, meeting: Meeting | None, words: str, by: User, now: datetime
) -> Proposal:
    """Put a proposal on an agenda, or decline it with a reason."""
    rights = rights_of(by, proposal.municipality)
    if not rights.permissions & {ORGANISE, CHAIR}:
        needs(by, proposal.municipality, ORGANISE)
    held = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if held.decision:
        raise Refused("По этому предложению решение уже есть. Обновите страницу.")
    if meeting is None:
        held.decision, held.words = "declined", official_text("Почему", words, WHY_LIMIT)
    else:
        why = f"предложение: {held.by_title}"
        held.item = _add(meeting, Offer(f"proposal-{held.pk}", held.text, why), held.by_title, by)
        held.decision, held.words = "agenda", words.strip()[:WHY_LIMIT]
    held.decided_title, held.decided_at = rights.title[:200], now
    held.save(update_fields=["decision", "words", "item", "decided_title", "decided_at"])
    record(held, "office.proposal_decided", by, held.municipality, why=held.text[:300])
    return held
