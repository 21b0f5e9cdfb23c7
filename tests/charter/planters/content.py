"""Materials for target groups, posts planned and out, by the analysis and through «Госпаблики»."""

from datetime import timedelta
from typing import Any

from otklik.outreach.content.models import Post
from otklik.outreach.content.rules import Figure
from otklik.outreach.content.services import approve, mark_publics, place_by_hand, write
from tests.charter.planters.ground import Ground, plants
from tests.charter.planters.pages import a_page

LINK = "https://vk.example/wall-1_1"


def a_post(ground: Ground, **more: Any) -> Post:
    """A version for one page, agreed to at once."""
    words: dict[str, Any] = {
        "title": "Ремонт дороги",
        "text": "Дорогу закончат к пятнице.",
        "at": None,
        **more,
    }
    material = write(ground.whose, pages=[a_page(ground)], by=ground.by, now=ground.now, **words)
    if words["at"] is None:
        approve(material, ground.by, ground.now)
    return Post.objects.get(material=material)


@plants("outreach.materials")
def a_material_for_drivers(ground: Ground) -> None:
    a_post(ground, audience="drivers")


@plants("outreach.content_plan")
def a_post_planned_for_tomorrow(ground: Ground) -> None:
    a_post(ground, rubric="works", at=ground.now + timedelta(days=1))


@plants("outreach.posts")
def a_post_on_a_page(ground: Ground) -> None:
    place_by_hand(a_post(ground), LINK, ground.by, ground.now)


@plants("outreach.from_analysis")
def a_post_by_figures(ground: Ground) -> None:
    figures = [Figure("карточек за неделю", "12", "/cases/")]
    place_by_hand(a_post(ground, figures=figures, topic_key="roads"), LINK, ground.by, ground.now)


@plants("outreach.publics_system")
def a_post_through_the_publication_system(ground: Ground) -> None:
    post = a_post(ground)
    post.page.in_publics_system = True
    post.page.save(update_fields=["in_publics_system"])
    mark_publics(post, LINK, ground.by, ground.now)
