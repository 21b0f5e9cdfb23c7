"""What the centre tells people: materials for target groups, posts on pages with their links."""

from datetime import timedelta

from otklik.outreach.content.models import Material
from otklik.outreach.content.rules import Figure
from otklik.outreach.content.services import approve, mark_publics, place_by_hand, submit, write
from otklik.outreach.models import OfficialPage
from otklik.outreach.services import PageWords, add_page
from tests.charter.centre import Centre
from tests.charter.told.tale import carries

TEXT = "Дорогу на Советской закончат к пятнице, объезд по Заречной."
LINK = "https://vk.example/wall-1_1"


@carries(
    "PUBLISH",
    demyansk=("DEM-2.2.12", "DEM-2.2.12.1", "DEM-2.2.12.2"),
    mikhaylovka=("MIH-3.2.6.2", "MIH-3.2.6.3", "MIH-4.1.4.1"),
    bogotol=("BOG-III.4.6.1", "BOG-III.4.6.3", "BOG-III.4.6.4"),
)
def a_material_goes_out_on_pages(centre: Centre) -> None:
    """Written for drivers by the figures of the analysis, agreed to, placed; one more waits in the plan."""
    author = centre.who("outreach.publish")
    head = centre.who("outreach.approve")
    page = a_page(centre)
    material = told(centre, page, None)
    approve(submit(material, author, centre.now), head, centre.now)
    post = material.posts.get()
    place_by_hand(post, LINK, author, centre.now)
    post.refresh_from_db()
    mark_publics(post, "", author, centre.now)
    told(centre, page, 1)


def a_page(centre: Centre) -> OfficialPage:
    """A page kept through the publication system."""
    author = centre.who("outreach.publish")
    words = PageWords(
        "Администрация",
        "vk",
        "https://vk.com/club1",
        "Администрация",
        responsible_post=centre.posts[0][0],
        act="распоряжение № 1",
        in_publics_system=True,
    )
    return add_page(centre.whose, words, author, centre.now)


def told(centre: Centre, page: OfficialPage, days: int | None) -> Material:
    return write(
        centre.whose,
        title="Ремонт дороги",
        text=TEXT,
        pages=[page],
        at=None if days is None else centre.now + timedelta(days=days),
        by=centre.who("outreach.publish"),
        rubric="works",
        audience="drivers",
        topic_key="roads",
        figures=[Figure("карточек за неделю", "12", "/cases/")],
        now=centre.now,
    )
