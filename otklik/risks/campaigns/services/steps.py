"""Steps of a campaign: written, changed, dropped, reported done; posts of a running one go by the content plan."""

from datetime import datetime

from django.db import transaction

from otklik.accounts.models import User
from otklik.accounts.selectors import rights_of
from otklik.audit.services import record
from otklik.channels.models import StoredFile
from otklik.charter.carrying import carries_out
from otklik.common.errors import Refused
from otklik.outreach.content.models import Material
from otklik.outreach.content.services.writing import withdraw, write
from otklik.risks.campaigns.models import Campaign, CampaignStep
from otklik.risks.campaigns.rules import blanks_in
from otklik.risks.campaigns.services.guard import held, held_step, keeper, take_part, touched
from otklik.risks.campaigns.services.texts import StepText
from otklik.risks.campaigns.words import AT_WORK, STEP_KINDS
from otklik.risks.selectors import WORKS
from otklik.risks.services.guard import address, official, plain, written

TEXT_LIMIT = 4000


@transaction.atomic
def add_step(campaign: Campaign, text: StepText, by: User, now: datetime) -> CampaignStep:
    """Write a step into a draft, or into a running campaign: a post added there waits for its own agreement."""
    found = held(campaign, *AT_WORK)
    keeper(by, found.municipality)
    made = keep_step(found, text)
    if found.state == "running" and made.kind == "post" and not found.drill:
        place(made, by, now)
    touched(found)
    record(made, "campaigns.step_added", by, found.municipality, why=made.title)
    return made


@transaction.atomic
def change_step(step: CampaignStep, text: StepText, by: User, now: datetime) -> CampaignStep:
    """Write a step anew while it is planned; one in the content plan is changed there."""
    found, changed = held_step(step, *AT_WORK)
    keeper(by, found.municipality)
    if changed.state != "planned":
        raise Refused("Этот шаг уже не правят: запись меняют в контент-плане, сделанное остаётся как есть.")
    _fill(changed, text)
    changed.save()
    changed.pages.set(text.pages if text.kind == "post" else ())
    touched(found)
    record(changed, "campaigns.step_changed", by, found.municipality, why=changed.title)
    return changed


@transaction.atomic
def drop_step(step: CampaignStep, why: str, by: User, now: datetime) -> CampaignStep:
    """Take a step off with a reason; its posts that are not out yet are withdrawn."""
    found, dropped = held_step(step, *AT_WORK)
    keeper(by, found.municipality)
    if dropped.state not in ("planned", "placed"):
        raise Refused("Снять можно только шаг, который впереди.")
    dropped.result = written(why, "почему снимаем", 500)
    if dropped.material is not None and dropped.material.state != "withdrawn":
        withdraw(dropped.material, f"Снят шаг кампании: {dropped.result}"[:300], by, now)
    dropped.state = "dropped"
    dropped.save(update_fields=["state", "result"])
    touched(found)
    record(
        dropped,
        "campaigns.step_dropped",
        by,
        found.municipality,
        why=f"{dropped.title}. {dropped.result}"[:300],
    )
    return dropped


@carries_out("DEM-RISK-3.3")
@transaction.atomic
def report_step(
    step: CampaignStep, result: str, link: str, by: User, now: datetime, file: StoredFile | None = None
) -> CampaignStep:
    """Report a step done, with what came of it and a link or a file that shows it. The responsible post may too."""
    found, done = held_step(step, "running")
    rights = rights_of(by, found.municipality)
    if WORKS not in rights.permissions and (done.post_id or found.post_id) not in rights.post_ids:
        raise Refused("О шаге докладывает ответственная должность или тот, кто ведёт кампании.")
    if done.state != "planned":
        raise Refused("Этот шаг отмечать не нужно: запись выходит по контент-плану или шаг уже сделан.")
    done.state, done.done_at, done.done_title = "done", now, rights.title[:200]
    done.result, done.link, done.file = written(result, "что вышло", 500), address(link), file
    done.save(update_fields=["state", "done_at", "done_title", "result", "link", "file"])
    take_part(found, "carry", f"{done.title}: {done.result}", by, now, rights)
    touched(found)
    record(done, "campaigns.step_done", by, found.municipality, why=f"{done.title}. {done.result}"[:300])
    return done


def keep_step(campaign: Campaign, text: StepText) -> CampaignStep:
    """A new row of a step; asked inside a deed that holds the campaign."""
    made = CampaignStep(municipality=campaign.municipality, campaign=campaign)
    _fill(made, text)
    made.save()
    made.pages.set(text.pages if text.kind == "post" else ())
    return made


def place(step: CampaignStep, by: User, now: datetime) -> Material:
    """Put the text of a step into the content plan, tied to the campaign; a step in the past goes out when agreed."""
    campaign = step.campaign
    if blanks_in(step.text):
        raise Refused(f"«{step.title}»: заполните {', '.join(blanks_in(step.text))}.")
    pages = list(step.pages.all())
    if not pages:
        raise Refused(f"«{step.title}»: выберите страницы, где выйдет запись.")
    material = write(
        campaign.municipality,
        title=step.title,
        text=official(step.text),
        pages=pages,
        at=max(step.at, now),
        by=by,
        about=campaign.about,
        topic_key=campaign.topics[0] if campaign.topics else "",
        gist=campaign.aim,
        now=now,
    )
    step.material, step.state = material, "placed"
    step.save(update_fields=["material", "state"])
    return material


def _fill(step: CampaignStep, text: StepText) -> None:
    if text.kind not in STEP_KINDS:
        raise Refused("Выберите вид шага из списка.")
    step.kind, step.title = text.kind, written(text.title, "что делаем", 200)
    step.text, step.audience = text.text.strip()[:TEXT_LIMIT], plain(text.audience)[:200]
    step.at, step.post = text.at, text.post
