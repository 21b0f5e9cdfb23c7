"""A material with one post, a picture, a table for «Госпаблики»: what addresses of publications name."""

from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

from PIL import Image

from otklik.outreach.content import services
from otklik.outreach.models import OfficialPage
from tests.town import Town


def photo() -> bytes:
    """A picture large enough for the library."""
    out = BytesIO()
    Image.new("RGB", (480, 320), "grey").save(out, "JPEG")
    return out.getvalue()


def official_page(town: Town, network: str = "vk", **values: Any) -> OfficialPage:
    """An open page of the administration without an account that posts."""
    return OfficialPage.objects.create(
        municipality=town.municipality,
        title=f"Округ · {network}",
        network=network,
        url=f"https://{network}.example/okrug",
        organisation="Администрация округа",
        opened_on=date(2026, 1, 1),
        **values,
    )


def published(town: Town, now: datetime) -> dict[str, list[Any]]:
    """The draft asks nobody on its route, so that only rights open it."""
    whose, keeper = town.municipality, town.user_with("pages", ["outreach.publish", "outreach.approve"])
    page = official_page(town, in_publics_system=True)
    draft, agreed = (
        services.write(
            whose,
            title="Ремонт дороги",
            text="С понедельника ремонтируем дорогу у школы.",
            pages=[page],
            at=now + timedelta(days=2),
            by=keeper,
            now=now,
        )
        for _ in range(2)
    )
    services.approve(agreed, keeper, now)
    given = services.export_publics(whose, list(agreed.posts.all()), keeper, now)
    picture = services.add_picture(
        whose, photo(), "doroga.jpg", title="Дорога", alt="дорога у школы", source="свой", by=keeper, now=now
    )
    post = draft.posts.get()
    return {
        "content_form": ["xlsx"],
        "material": [draft.number],
        "material_back": [draft.number, "return"],
        "content_post": [post.pk],
        "content_post_deed": [post.pk, "reach"],
        "calm_on": ["on"],
        "picture": [picture.pk],
        "picture_deed": [picture.pk, "describe"],
        "heading": ["rubric"],
        "publics_file": [given.pk],
    }
