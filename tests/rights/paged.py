"""An official page, a publication, an outlet with a contact and a talk, a press release, a set of open data."""

from datetime import datetime
from typing import Any

from otklik.channels.files import store_file
from otklik.common.today import day_in
from otklik.outreach import services
from otklik.outreach.models import OfficialPage
from tests.town import Town

KEEPS = ["outreach.publish"]


def paged(town: Town, now: datetime) -> dict[str, list[Any]]:
    """Arguments of addresses that name these objects."""
    whose, by = town.municipality, town.user_with("keeps-pages", KEEPS)
    today = day_in(whose, now)
    page = OfficialPage.objects.create(
        municipality=whose,
        title="Школа № 1",
        network="vk",
        url="https://vk.com/club1001",
        organisation="Школа № 1",
        owner="institution",
        opened_on=today,
    )
    said = services.PublicationWords("О ремонте", "site", today, "сайт", "https://adm.example/7")
    publication = services.publish(whose, said, by, now)
    kept = store_file(b"%PDF-1.4 copy", "copy.pdf", whose)
    proof = services.PublicationWords("О мосте", "site", today, "сайт", "https://adm.example/8", copy=kept)
    copied = services.publish(whose, proof, by, now)
    words = services.OutletWords("Районная газета", "local_media")
    outlet = services.add_outlet(whose, words, by, now)
    contact = services.add_contact(outlet, "редактор отдела", "письмо редакции", by, now, phone="8 816 1")
    told = services.TalkWords("call", "theirs", "спросили о ремонте", now, answer_due_on=today)
    talk = services.note_talk(outlet, told, by, now)
    release = services.write_release(whose, services.ReleaseWords("Ремонт", "Начат ремонт."), by, now)
    services.ask_approval(release, by)
    # Numbers of releases begin with one in every town; this one must be found in its own alone.
    release.number = 700 + whose.pk
    release.save(update_fields=["number"])
    dataset = services.open_dataset(
        whose, f"terms-{whose.pk}", services.Passport("Сроки ответов", "По месяцам."), by, now
    )
    return {
        "pages_audit": ["xlsx"],
        "official_page": [page.pk],
        "publication": [publication.pk],
        "copied": [copied.pk],
        "outlet": [outlet.pk],
        "media_contact": [contact.pk],
        "media_talk": [talk.pk],
        "release": [release.number],
        "release_paper": [release.number, "docx"],
        "open_set": ["topics"],
        "opened_set": [dataset.key],
    }
