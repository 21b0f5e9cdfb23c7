"""The official answer: the first word and the full text, where they stand, the control of each place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from otklik.accounts.models import User
from otklik.charter.carrying import carries_out
from otklik.common.errors import Refused
from otklik.outreach.content import services as content
from otklik.outreach.content.models import Post
from otklik.outreach.models import OfficialPage
from otklik.risks import rules
from otklik.risks.models import Answer, Compensation, Placement, Risk
from otklik.risks.selectors import full_placements, levels_of
from otklik.risks.services.guard import (
    address,
    begin,
    finish,
    official,
    signed,
    start_clock,
    stop_clock,
    written,
)
from otklik.risks.words import ANSWERS, PLACES


@dataclass(frozen=True)
class Place:
    """A place where the text stands: of which kind, its name, the address of the very publication, since when."""

    kind: str
    name: str
    link: str
    at: datetime
    is_first_word: bool = False


@transaction.atomic
def answer(
    risk: Risk,
    text: str,
    by: User,
    now: datetime,
    pages: Sequence[OfficialPage] = (),
    kind: str = "full",
    at: datetime | None = None,
) -> Answer:
    """Write the official text and give it to the content plan for these pages; it goes its way of approval there.

    Without pages the text is kept for places entered by hand. Only official pages speak (DESIGN section 6).
    """
    held, rights, to = begin(risk, "answer", by)
    if kind not in ANSWERS:
        raise Refused("Выберите: это первое слово или полный ответ.")
    said = official(text)
    made = Answer(**signed(held, by, rights, now), kind=kind, text=said)
    if pages:
        made.material = content.write(
            held.municipality,
            title=f"Риск {held}: {held.title}"[:200],
            text=said,
            pages=pages,
            at=at,
            by=by,
            about=held.about,
            topic_key=held.topic.key if held.topic else "",
            is_exercise=held.drill,
            now=now,
        )
    made.save()
    if kind == "full":
        held.official_text = said
    finish(held, "answer", to, by, rights, now, ANSWERS[kind], "official_text")
    return made


@carries_out("DEM-RISK-2.5")
@transaction.atomic
def place(risk: Risk, where: Place, by: User, now: datetime) -> Placement:
    """Write down a place where the answer stands, with the address that proves it (DEM-RISK-2.5)."""
    held, rights, to = begin(risk, "place", by)
    if where.kind not in PLACES:
        raise Refused("Выберите, где размещено.")
    if where.at > now or where.at < held.began_at:
        raise Refused("Время размещения — между выявлением риска и этой минутой.")
    if not where.is_first_word and not held.official_text:
        raise Refused("Сначала запишите официальный текст: размещают его.")
    made = Placement(
        **signed(held, by, rights, now),
        kind=where.kind,
        place=written(where.name, "место", 200),
        link=address(where.link, required=True),
        is_first_word=where.is_first_word,
        placed_at=where.at,
    )
    made.save()
    _stop_word_clocks(held, made)
    finish(held, "place", to, by, rights, now, f"{made.place}: {made.link}")
    return made


@carries_out("DEM-RISK-2.5")
@transaction.atomic
def control(placement: Placement, stands: bool, by: User, now: datetime, seen: str = "") -> Placement:
    """The control mark: somebody opened the place and saw the answer there, or did not."""
    held, rights, to = begin(placement.risk, "control", by)
    found = Placement.objects.select_for_update().get(pk=placement.pk, risk=held)
    if not stands and not seen.strip():
        raise Refused("Напишите, что увидели вместо ответа.")
    found.checked_at, found.checked_by, found.stands = now, by, stands
    found.seen = written(seen, "что увидели", 300) if seen.strip() else ""
    found.save(update_fields=["checked_at", "checked_by", "stands", "seen"])
    said = f"{found.place}: {'на месте' if stands else found.seen}"
    finish(held, "control", to, by, rights, now, said)
    return found


@carries_out("DEM-RISK-2.5")
@transaction.atomic
def placed(risk: Risk, by: User, now: datetime) -> Risk:
    """The full answer stands everywhere it had to and was checked; the watch of the reaction begins, after a return
    to work anew.

    Raises Refused while a post has not come out, a place is not checked, or the answer does not stand there.
    """
    held, rights, to = begin(risk, "placed", by)
    take_posts(held, now)
    posts = Post.objects.filter(material__in=_materials(held)).exclude(state__in=("placed", "withdrawn"))
    if waiting := posts.count():
        raise Refused(
            f"Ещё не вышло записей: {waiting}. Дождитесь, разместите руками или снимите их с плана."
        )
    places = full_placements(held)
    if not places:
        raise Refused("Мест, где стоит полный ответ, нет: разместите его и запишите ссылку.")
    if unsure := [one.place for one in places if one.stands is None]:
        raise Refused(f"Проверьте размещение: {', '.join(unsure)}."[:300])
    if not (standing := [one for one in places if one.stands]):
        raise Refused("Ответа нет ни в одном месте: разместите его снова и проверьте.")
    returns = held.moves.filter(round=held.round, deed="return").values_list("at", flat=True)
    since = max([*(one.placed_at for one in standing), *returns])
    level = levels_of(held.municipality)[held.level_key]
    start_clock(held, "watch", since, rules.watch_ends(level, since))
    return finish(held, "placed", to, by, rights, now, ", ".join(one.place for one in standing))


@transaction.atomic
def no_answer(risk: Risk, why: str, by: User, now: datetime) -> Risk:
    """A refuted risk that an answer would only spread: nothing is placed, the reaction is watched all the same."""
    held, rights, to = begin(risk, "no_answer", by)
    if held.verdict != "refuted":
        raise Refused("Не отвечать можно только на опровергнутое: на остальное жители ждут ответа.")
    said = written(why, "почему не отвечаем", 500)
    level = levels_of(held.municipality)[held.level_key]
    held.clocks.filter(round=held.round, key__in=["first_word", "full_answer"], stopped_at=None).delete()
    start_clock(held, "watch", now, rules.watch_ends(level, now))
    return finish(held, "no_answer", to, by, rights, now, said)


@transaction.atomic
def take_posts(risk: Risk, now: datetime) -> int:
    """Placements of posts of the content plan that have come out, each once; returns how many are new."""
    # The timer and a person at the card may come at the same moment: the row of the risk is the queue.
    risk = Risk.objects.select_for_update(of=("self",)).select_related("municipality").get(pk=risk.pk)
    kinds = dict(
        risk.answers.filter(round=risk.round, material__isnull=False).values_list("material_id", "kind")
    )
    known = set(risk.placements.exclude(key="").values_list("key", flat=True))
    rows = (
        Post.objects.filter(material__in=kinds, state="placed")
        .select_related("page")
        .order_by("placed_at", "pk")
    )
    new = [one for one in rows if f"post:{one.pk}" not in known]
    for post in new:
        made = Placement.objects.create(
            municipality=risk.municipality,
            risk=risk,
            round=risk.round,
            at=now,
            kind="site" if post.page.network == "site" else "official_page",
            place=post.page.title[:200],
            link=post.link,
            key=f"post:{post.pk}",
            is_first_word=kinds[post.material_id] == "first",
            placed_at=post.placed_at or now,
            by=post.placed_by,
        )
        _stop_word_clocks(risk, made)
    return len(new)


@carries_out("BOG-III.4.6.5.1")
@transaction.atomic
def compensate(risk: Risk, title: str, place_name: str, link: str, by: User, now: datetime) -> Compensation:
    """Write down a publication that makes up for the harm of the news item (BOG-III.4.6, абз. 5)."""
    held, rights, to = begin(risk, "compensate", by)
    made = Compensation(
        **signed(held, by, rights, now),
        title=written(title, "о чём публикация", 200),
        place=written(place_name, "где", 200),
        link=address(link, required=True),
    )
    made.save()
    finish(held, "compensate", to, by, rights, now, f"{made.title}: {made.link}")
    return made


@transaction.atomic
def write_effect(publication: Compensation, effect: str, by: User, now: datetime) -> Compensation:
    """Write down what changed after the publication."""
    held, rights, to = begin(publication.risk, "effect", by)
    found = Compensation.objects.select_for_update().get(pk=publication.pk, risk=held)
    found.effect, found.effect_at = written(effect, "что изменилось", 500), now
    found.save(update_fields=["effect", "effect_at"])
    finish(held, "effect", to, by, rights, now, found.effect)
    return found


def _materials(held: Risk) -> list[int]:
    """Materials of the full answers of this round."""
    rows = held.answers.filter(round=held.round, kind="full", material__isnull=False)
    return [key for key in rows.values_list("material_id", flat=True) if key is not None]


def _stop_word_clocks(held: Risk, made: Placement) -> None:
    stop_clock(held, "first_word", made.placed_at)
    if not made.is_first_word:
        stop_clock(held, "full_answer", made.placed_at)
