"""A campaign is agreed: posts give their visas all at once, then whoever approves publications approves it whole.

With approval the forecast is frozen and texts go to the content plan, agreed by the same word.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from otklik.accounts.models import Post, User
from otklik.accounts.selectors import held_posts, rights_of
from otklik.accounts.services import leave_notice
from otklik.audit.services import record
from otklik.charter.carrying import carries_out
from otklik.common.errors import Refused
from otklik.common.today import day_in
from otklik.outreach.content.services.approving import approve as agree_material
from otklik.risks.campaigns.flows import foretell
from otklik.risks.campaigns.models import Campaign, Visa
from otklik.risks.campaigns.selectors import APPROVES, PAGE, lacks, steps_of
from otklik.risks.campaigns.services.guard import approver, held, keeper, take_part, tell, touched
from otklik.risks.campaigns.services.steps import place
from otklik.risks.services.guard import written


@carries_out("DEM-RISK-3.2")
@transaction.atomic
def send(campaign: Campaign, posts: Sequence[Post], by: User, now: datetime) -> Campaign:
    """Send a whole plan for approval, first to these posts for their visas. Raises Refused with what it lacks."""
    found = held(campaign, "draft")
    rights = keeper(by, found.municipality)
    missing = lacks(found, steps_of(found))
    if missing:
        raise Refused(f"Кампания не готова. {' '.join(missing[:3])}")
    asked = list({one.pk: one for one in posts}.values())
    empty = [one.title for one in asked if not held_posts(found.municipality).filter(post=one).exists()]
    if empty:
        raise Refused(f"Должность «{empty[0]}» никто не занимает: выберите другую или назначьте человека.")
    turn = (found.visas.order_by("-turn").values_list("turn", flat=True).first() or 0) + 1
    Visa.objects.bulk_create(
        Visa(municipality=found.municipality, campaign=found, turn=turn, post=one, asked_at=now)
        for one in asked
    )
    found.state, found.state_reason, found.sent_at = "approval", "", now
    touched(found, "state", "state_reason", "sent_at")
    take_part(found, "prepare", "отправил план на согласование", by, now, rights)
    record(found, "campaigns.sent", by, found.municipality, why=str(found)[:300])
    tell(found, asked, f"Согласуйте предупредительную кампанию {found}")
    if not asked:
        _ask_approval(found)
    return found


@transaction.atomic
def decide(campaign: Campaign, agreed: bool, words: str, by: User, now: datetime) -> Campaign:
    """Give the visa of one's post, or return the plan with words."""
    found = held(campaign, "approval")
    rights = rights_of(by, found.municipality)
    mine = found.visas.filter(decision="", post_id__in=rights.post_ids).select_related("post").first()
    if mine is None:
        raise Refused("Вашей визы эта кампания не ждёт.")
    mine.words = words.strip()[:500] if agreed else written(words, "замечание", 500)
    mine.decision, mine.by, mine.at = "agreed" if agreed else "refused", by, now
    mine.save(update_fields=["decision", "words", "by", "at"])
    code = "campaigns.agreed" if agreed else "campaigns.returned"
    record(found, code, by, found.municipality, why=f"{mine.post.title}. {mine.words}"[:300])
    if not agreed:
        return _back(found, f"{mine.post.title}: {mine.words}")
    if not found.visas.filter(decision="").exists():
        _ask_approval(found)
    touched(found)
    return found


@transaction.atomic
def send_back(campaign: Campaign, words: str, by: User, now: datetime) -> Campaign:
    """Return a plan to its author instead of approving."""
    found = held(campaign, "approval")
    rights = approver(by, found.municipality)
    said = written(words, "замечание", 250)
    record(found, "campaigns.returned", by, found.municipality, why=said)
    return _back(found, f"{rights.title}: {said}")


@carries_out("DEM-RISK-3.3")
@transaction.atomic
def approve(campaign: Campaign, by: User, now: datetime) -> Campaign:
    """Approve: the forecast is frozen, posts are put into the content plan as agreed, and the campaign runs.

    Raises Refused for an own plan, and while a visa is waited for.
    """
    found = held(campaign, "approval")
    rights = approver(by, found.municipality)
    if found.made_by_id == by.pk:
        raise Refused("Свой план утверждает другой сотрудник: попросите куратора или руководителя.")
    waiting = found.visas.filter(decision="").select_related("post").first()
    if waiting is not None:
        raise Refused(f"Кампанию ещё не согласовала должность «{waiting.post.title}».")
    found.expected = foretell(found, day_in(found.municipality, now))
    found.state, found.approved_by, found.approved_at = "running", by, now
    found.approved_title = rights.title[:200]
    touched(found, "expected", "state", "approved_by", "approved_at", "approved_title")
    record(found, "campaigns.approved", by, found.municipality, why=str(found)[:300])
    # Posts of an exercise go nowhere: its steps are reported by hand.
    for step in () if found.drill else steps_of(found):
        if step.kind == "post" and step.state == "planned":
            step.campaign = found
            agree_material(place(step, found.made_by, now), by, now)
    named = [one.post for one in steps_of(found) if one.post is not None]
    tell(found, [*named, *([found.post] if found.post else [])], f"Утверждена кампания {found}: начинайте")
    return found


def _ask_approval(found: Campaign) -> None:
    said = f"Утвердите предупредительную кампанию {found}"
    leave_notice(found.municipality, said[:300], f"{PAGE}{found.pk}/", permission=APPROVES)


def _back(found: Campaign, words: str) -> Campaign:
    found.visas.filter(decision="").delete()
    found.state, found.state_reason = "draft", words[:300]
    touched(found, "state", "state_reason")
    tell(found, [found.post] if found.post else [], f"Кампания {found} возвращена: {words}")
    return found
