"""The way to agreement: whose word is needed in order, the final yes, a return with a reason."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from otklik.accounts.models import Post as Position
from otklik.accounts.models import User
from otklik.accounts.selectors import rights_of
from otklik.charter.carrying import carries_out
from otklik.common.errors import Refused
from otklik.outreach.content.models import ApprovalStep, Material, Post
from otklik.outreach.content.rules import stops
from otklik.outreach.content.selectors import calm_of
from otklik.outreach.content.services.calm import hold_new
from otklik.outreach.content.services.common import locked, locked_post, said, tell, title_of
from otklik.outreach.content.services.placing import launch
from otklik.outreach.content.services.stopping import stop_outgoing


@transaction.atomic
def submit(material: Material, by: User, now: datetime, route: Sequence[Position] = ()) -> Material:
    """Ask for agreement: of every post of the route in order, then of whoever may approve. Raises Refused."""
    material = locked(material)
    if material.state != "draft":
        raise Refused("На согласование отправляют черновик.")
    _check_versions(material)
    material.steps.all().delete()
    ApprovalStep.objects.bulk_create(
        ApprovalStep(municipality=material.municipality, material=material, position=place, post=post)
        for place, post in enumerate(dict.fromkeys(route))
    )
    material.posts.filter(state="draft").update(state="approval")
    material.state, material.returned_why = "approval", ""
    material.save(update_fields=["state", "returned_why"])
    tell(material, "submitted", by, now)
    return material


@transaction.atomic
def agree(material: Material, by: User, now: datetime) -> ApprovalStep:
    """The word of the next post of the route. Raises Refused when it is another's turn."""
    material = locked(material)
    step = material.steps.filter(agreed_at=None).select_related("post").first()
    if material.state != "approval" or step is None:
        raise Refused("Согласовывать по маршруту здесь нечего. Обновите страницу.")
    if step.post_id not in rights_of(by, material.municipality).post_ids:
        raise Refused(f"Сейчас очередь другой должности: {step.post.title}.")
    step.agreed_by, step.agreed_at = by, now
    step.save(update_fields=["agreed_by", "agreed_at"])
    tell(material, "agreed", by, now, step.post.title)
    return step


@carries_out("DEM-2.2.12.2", "MIH-4.1.4.1", "BOG-III.4.6.3")
@transaction.atomic
def approve(material: Material, by: User, now: datetime | None = None) -> Material:
    """Agree to the whole material: its posts go out at their time, those without one at once. Raises Refused."""
    now = now or timezone.now()
    material = locked(material)
    if material.state not in ("draft", "approval"):
        raise Refused("Этот материал уже согласован или снят. Обновите страницу.")
    _check_route(material, by, now)
    _check_versions(material)
    material.state, material.approved_by, material.approved_at = "approved", by, now
    material.approved_title = title_of(by, material.municipality)
    material.save(update_fields=["state", "approved_by", "approved_at", "approved_title"])
    tell(material, "approved", by, now, material.title)
    calm = calm_of(material.municipality)
    for post in material.posts.filter(state__in=["draft", "approval"]).order_by("pk"):
        _put_into_plan(locked_post(post.pk), now)
    if calm is not None:
        hold_new(calm, material)
    for post in material.posts.filter(state="approved", planned_at__lte=now).order_by("pk"):
        launch(post, now)
    return material


def _check_route(material: Material, by: User, now: datetime) -> None:
    """Those of the route speak before; the last of them may say the final yes in one word."""
    for step in material.steps.filter(agreed_at=None).select_related("post"):
        if step.post_id not in rights_of(by, material.municipality).post_ids:
            raise Refused(f"Материал ещё не согласовала должность «{step.post.title}».")
        step.agreed_by, step.agreed_at = by, now
        step.save(update_fields=["agreed_by", "agreed_at"])


def _check_versions(material: Material) -> None:
    posts = list(material.posts.exclude(state="withdrawn").select_related("page"))
    if not posts:
        raise Refused("У материала нет ни одной страницы: добавьте, где он выйдет.")
    for post in posts:
        for words in stops(post.page.network, post.text, post.picture_id is not None):
            raise Refused(f"{post.page.title}: {words}")


def _put_into_plan(post: Post, now: datetime) -> None:
    post.state, post.planned_at = "approved", post.planned_at or now
    post.save(update_fields=["state", "planned_at"])


@transaction.atomic
def send_back(material: Material, why: str, by: User, now: datetime) -> Material:
    """Back to the draft with a reason: not agreed, or agreed and to be changed before it is out. Raises Refused."""
    words = said(why, "Напишите, что исправить.")
    material = locked(material)
    if material.state not in ("approval", "approved"):
        raise Refused("Вернуть можно то, что на согласовании или согласовано и ещё не вышло.")
    if material.posts.filter(state__in=["placed", "failed"]).exists():
        raise Refused("Часть записей уже вышла: снимите остальные или составьте новый материал.")
    for post in material.posts.exclude(state="withdrawn").order_by("pk"):
        post = locked_post(post.pk)
        if not stop_outgoing(post):
            raise Refused("Запись уже выходит: дождитесь её и составьте новый материал.")
        if post.state == "held" and post.outgoing is not None:
            raise Refused(
                "Придержанную запись уже пробовали отправить: снимите её и составьте новый материал."
            )
        post.state, post.outgoing, post.held_by, post.held_why = "draft", None, None, ""
        post.save(update_fields=["state", "held_by", "held_why", "outgoing"])
    material.steps.all().delete()
    material.state, material.returned_why = "draft", words
    material.approved_by, material.approved_at, material.approved_title = None, None, ""
    material.save(update_fields=["state", "returned_why", "approved_by", "approved_at", "approved_title"])
    tell(material, "returned", by, now, words)
    return material
