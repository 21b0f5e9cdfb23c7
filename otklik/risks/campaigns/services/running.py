"""A running campaign: posts that came out close their steps, parts people took are written down, it is ended."""

from datetime import datetime

from django.db import transaction

from otklik.accounts.models import User
from otklik.audit.services import record
from otklik.charter.carrying import carries_out
from otklik.common import words as say
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.outreach.content.models import Post
from otklik.outreach.content.services.writing import withdraw
from otklik.risks.campaigns.models import Campaign, CampaignStep, Participation
from otklik.risks.campaigns.rules import names_of_steps
from otklik.risks.campaigns.services.guard import held, keeper, take_part, touched
from otklik.risks.campaigns.words import LIVE, STAGES
from otklik.risks.services.guard import written

PAGES = ("странице", "страницах", "страницах")
OVER = ("placed", "withdrawn", "failed")


@carries_out("DEM-RISK-3.2", "DEM-RISK-3.3")
@transaction.atomic
def note_part(campaign: Campaign, stage: str, words: str, by: User, now: datetime) -> Participation:
    """Write down one's own part in preparing or carrying out: what was done. Raises Refused."""
    found = held(campaign, *LIVE)
    rights = keeper(by, found.municipality)
    if stage not in STAGES:
        raise Refused("Выберите: подготовка или проведение.")
    made = take_part(found, stage, written(words, "что сделано", 300), by, now, rights)
    record(made, "campaigns.part_noted", by, found.municipality, why=made.words)
    return made


@carries_out("DEM-RISK-3.3")
def settle_posts(municipality: Municipality, now: datetime) -> int:
    """Close steps whose posts are all out; asked by a timer. Returns how many were closed."""
    rows = CampaignStep.objects.filter(municipality=municipality, state="placed", material__isnull=False)
    posts: dict[int, list[Post]] = {}
    for post in Post.objects.filter(material__in=rows.values("material")).order_by("placed_at", "pk"):
        posts.setdefault(post.material_id, []).append(post)
    return sum(
        _settle(step, posts.get(step.material_id or 0, [])) for step in rows.select_related("campaign")
    )


@transaction.atomic
def _settle(step: CampaignStep, posts: list[Post]) -> bool:
    out = [one for one in posts if one.state == "placed"]
    if not out or any(one.state not in OVER for one in posts):
        return False
    said = f"Вышла на {say.count(len(out), *PAGES)}"
    changed = CampaignStep.objects.filter(pk=step.pk, state="placed").update(
        state="done",
        done_at=out[-1].placed_at,
        done_title="контент-план",
        result=said,
        link=next((one.link for one in out if one.link), ""),
    )
    if changed:
        record(step, "campaigns.step_done", None, step.municipality, why=f"{step.title}. {said}"[:300])
    return bool(changed)


@carries_out("DEM-RISK-3.3")
@transaction.atomic
def finish(campaign: Campaign, result: str, by: User, now: datetime) -> Campaign:
    """Sum a campaign up. Raises Refused while a step is neither done nor dropped."""
    found = held(campaign, "running")
    rights = keeper(by, found.municipality)
    left = list(found.steps.filter(state__in=["planned", "placed"]).values_list("title", flat=True)[:3])
    if left:
        raise Refused(
            f"Сначала закройте шаги: {names_of_steps(left)}. Отметьте сделанное или снимите с причиной."
        )
    found.state, found.finished_at = "done", now
    found.result = written(result, "итог", 1000)
    touched(found, "state", "finished_at", "result")
    take_part(found, "carry", "подвёл итог кампании", by, now, rights)
    record(found, "campaigns.finished", by, found.municipality, why=found.result[:300])
    return found


@transaction.atomic
def cancel(campaign: Campaign, why: str, by: User, now: datetime) -> Campaign:
    """Cancel with a reason; posts that are not out yet are withdrawn."""
    found = held(campaign, *LIVE)
    keeper(by, found.municipality)
    found.state, found.finished_at = "cancelled", now
    found.state_reason = written(why, "почему отменяем", 300)
    for step in found.steps.filter(state="placed", material__isnull=False).select_related("material"):
        if step.material is not None and step.material.state != "withdrawn":
            withdraw(step.material, f"Отменена кампания: {found.state_reason}"[:300], by, now)
    touched(found, "state", "finished_at", "state_reason")
    record(found, "campaigns.cancelled", by, found.municipality, why=found.state_reason)
    return found
