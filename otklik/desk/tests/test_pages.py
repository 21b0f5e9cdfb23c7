"""Screens of official pages by hand: a page with its check list, an outlet, a release, publications, open data."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from urllib.parse import quote_plus

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from pytest_django import Settings

from otklik.accounts.models import User
from otklik.channels.looking import Sight
from otklik.channels.services import channel_of_kind, make_outgoing, mark_placed
from otklik.common.words import NBSP
from otklik.outreach import services
from otklik.outreach.models import LawCheck, MediaOutlet, MediaTalk, OfficialPage, OpenDataset, PressRelease
from otklik.outreach.models import Publication as Line
from otklik.outreach.rules import LAW_MARKS
from tests.fixtures.lived import back_in, made_once
from tests.town import Town, build_town

pytestmark = pytest.mark.django_db
_out = BytesIO()
Image.new("RGB", (8, 8), "grey").save(_out, "PNG")
PNG = _out.getvalue()
lived = made_once(build_town)
SAID = {
    "title": "Страница района",
    "network": "vk",
    "url": "https://vk.com/club1",
    "organisation": "Администрация района",
    "owner": "administration",
    "responsible_words": "пресс-секретарь",
    "opened_on": "2026-01-10",
}


@pytest.fixture
def town(lived: Town) -> Town:
    return back_in(lived)


@pytest.fixture
def keeper(town: Town) -> User:
    return town.user_with("keeper", ["outreach.publish"])


@pytest.fixture
def desk(keeper: User) -> Client:
    return entered(keeper)


def entered(user: User) -> Client:
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def said(client: Client, name: str, *args: object) -> str:
    answer = client.get(reverse(f"desk:{name}", args=args))
    assert answer.status_code == 200
    return str(answer.content.decode()).replace(NBSP, " ")


def test_empty_screens_say_what_to_do(desk: Client, town: Town) -> None:
    assert "Реестр пуст" in said(desk, "pages")
    assert "Публикаций ещё нет" in said(desk, "publications")
    assert "СМИ ещё не внесены" in said(desk, "media")
    assert "Пресс-релизов ещё нет" in said(desk, "releases")
    assert "Записей нет" in said(desk, "dialogue")
    assert "Открыть набор" in said(desk, "open_data")


def test_a_page_is_added_checked_by_the_list_and_audited(desk: Client, town: Town) -> None:
    assert desk.post(reverse("desk:page_new"), SAID).status_code == 302
    page = OfficialPage.objects.get()
    services.keep_check(page, Sight(True, posts_in_week=1, followers=1200), timezone.now())
    told = said(desk, "page", page.pk)
    assert "Акт о ведении страницы не назван" in told
    assert "1\u202f200" in told
    assert "Нет страницы, которую требует закон" in said(desk, "pages")

    marks = dict.fromkeys(LAW_MARKS, "yes")
    refused = desk.post(reverse("desk:page_law", args=[page.pk]), {**marks, "sign": "no"})
    assert refused.status_code == 422
    done = desk.post(
        reverse("desk:page_law", args=[page.pk]), {**marks, "sign": "no", "sign_note": "подать заявку"}
    )
    assert done.status_code == 302
    assert LawCheck.objects.get().passed is False
    assert "подать заявку" in said(desk, "page", page.pk)

    for form in ("docx", "pdf", "xlsx"):
        assert desk.get(reverse("desk:pages_audit", args=[form])).status_code == 200
    book = openpyxl.load_workbook(BytesIO(desk.get(reverse("desk:pages_audit", args=["xlsx"])).content))
    cells = " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    assert "Страница района" in cells
    assert "Одноклассники" in cells

    assert desk.post(reverse("desk:page_check", args=[page.pk])).status_code == 302
    page.refresh_from_db()
    assert page.checked_at is None
    assert desk.post(reverse("desk:page_close", args=[page.pk]), {"words": ""}).status_code == 422
    assert desk.post(reverse("desk:page_close", args=[page.pk]), {"words": "дубль"}).status_code == 302


def test_a_wrong_address_keeps_what_was_typed(desk: Client, town: Town) -> None:
    answer = desk.post(reverse("desk:page_new"), {**SAID, "opened_on": "не день"})
    assert answer.status_code == 422
    assert "Страница района" in answer.content.decode()


def test_an_outlet_a_contact_and_a_talk(desk: Client, town: Town) -> None:
    given = {"title": "Газета", "kind": "local_media", "mail": "d@g.example", "takes_releases": "on"}
    desk.post(reverse("desk:outlet_new"), given)
    outlet = MediaOutlet.objects.get()
    contact = {"role": "редактор", "phone": "8 816 5", "consent": "письмо редакции"}
    desk.post(reverse("desk:contact_new", args=[outlet.pk]), contact)
    told = {
        "side": "theirs",
        "way": "call",
        "on": timezone.localdate().isoformat(),
        "gist": "спросили о мосте",
        "answer_due_on": (timezone.localdate() + timedelta(days=1)).isoformat(),
    }
    assert desk.post(reverse("desk:talk_new", args=[outlet.pk]), told).status_code == 302
    coming = (timezone.localdate() + timedelta(days=2)).isoformat()
    ahead = desk.post(reverse("desk:talk_new", args=[outlet.pk]), {**told, "on": coming, "answer_due_on": ""})
    assert ahead.status_code == 422 and "ещё не наступило" in ahead.content.decode()
    assert "Обещали ответить" in said(desk, "media")
    talk = MediaTalk.objects.get()
    desk.post(reverse("desk:talk_answer", args=[talk.pk]), {"words": "отправили график"})
    shown = said(desk, "outlet", outlet.pk)
    assert "отправили график" in shown
    desk.post(reverse("desk:contact_withdraw", args=[outlet.contacts.get().pk]))
    assert "8 816 5" not in said(desk, "outlet", outlet.pk)


def test_a_release_goes_from_draft_to_letters(desk: Client, town: Town, keeper: User) -> None:
    words = services.OutletWords("Газета", "local_media", mail="d@g.example", takes_releases=True)
    outlet = services.add_outlet(town.municipality, words, keeper, timezone.now())
    desk.post(reverse("desk:release_new"), {"title": "Мост откроют", "text": "В пятницу в 10:00."})
    release = PressRelease.objects.get()
    address = [release.number]
    desk.post(reverse("desk:release_ask", args=address))
    chief = entered(town.user_with("chief", ["outreach.approve"]))
    assert "Согласовать" in said(chief, "release", release.number)
    assert desk.post(reverse("desk:release_approve", args=address)).status_code == 404
    chief.post(reverse("desk:release_approve", args=address))
    desk.post(reverse("desk:release_send", args=address), {"outlets": [outlet.pk]})
    release.refresh_from_db()
    assert release.state == "sent"
    assert "в очереди" in said(desk, "release", release.number)
    for form in ("docx", "pdf"):
        assert desk.get(reverse("desk:release_paper", args=[release.number, form])).status_code == 200


def test_a_publication_marks_an_act_and_a_mistake_is_struck_out(desk: Client, town: Town) -> None:
    assert "отметки о публикации нет" in said(desk, "publications")
    given = {"title": "Положение", "kind": "site", "on": timezone.localdate().isoformat(), "outlet": "сайт"}
    assert desk.post(f"{reverse('desk:publication_new')}?about=act:creation", given).status_code == 422
    given |= {"url": "https://adm.example/1", "act": "creation"}
    assert desk.post(f"{reverse('desk:publication_new')}?about=act:creation", given).status_code == 302
    assert "отметки о публикации нет" not in said(desk, "publications")
    line = Line.objects.get()
    desk.post(reverse("desk:publication_strike", args=[line.pk]), {"words": "не тот адрес"})
    assert "отметки о публикации нет" in said(desk, "publications")


def test_a_copy_of_a_publication_stays_when_its_link_dies(
    desk: Client, town: Town, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    given = {"title": "О мосте", "kind": "local_media", "on": timezone.localdate().isoformat()}
    given |= {"outlet": "Газета", "url": "https://g.example/9"}
    copy = SimpleUploadedFile("snimok.png", PNG, "image/png")
    assert desk.post(reverse("desk:publication_new"), {**given, "files": copy}).status_code == 302
    address = reverse("desk:publication_copy", args=[Line.objects.get().pk])
    assert address in said(desk, "publications")
    assert desk.get(address).status_code == 200


def test_a_publication_asked_for_by_a_release_leads_back_to_it(
    desk: Client, town: Town, keeper: User
) -> None:
    words = services.ReleaseWords("Мост", "Открыт.")
    release = services.write_release(town.municipality, words, keeper, timezone.now())
    given = {"title": "О мосте", "kind": "local_media", "on": timezone.localdate().isoformat()}
    given |= {"outlet": "Газета", "url": "https://g.example/9"}
    address = f"{reverse('desk:publication_new')}?about=release:{release.number}"
    answer = desk.post(address, given)
    assert answer["Location"] == reverse("desk:release", args=[release.number])
    assert "Газета" in said(desk, "release", release.number)


def test_the_next_page_of_a_list_keeps_what_was_asked(desk: Client, town: Town, keeper: User) -> None:
    """Words with signs of an address in them, and the days of the dialogue."""
    now = timezone.now()
    MediaOutlet.objects.bulk_create(
        MediaOutlet(municipality=town.municipality, title=f"Дом & сад {n}", kind="electronic", added_at=now)
        for n in range(51)
    )
    shown = desk.get(reverse("desk:media"), {"q": "Дом & сад"}).content.decode()
    assert f"?q={quote_plus('Дом & сад')}&amp;page=2" in shown
    channel = channel_of_kind(town.municipality, "vk")
    for n in range(51):
        row = make_outgoing(channel, "answer", "2026-5", "", "", "Ответ", f"k{n}", way="comment", now=now)
        mark_placed(row, f"https://vk.com/wall-1_{n}", keeper, now)
    today = timezone.localdate()
    days = {
        "since": (today - timedelta(days=3)).isoformat(),
        "until": (today + timedelta(days=1)).isoformat(),
    }
    shown = desk.get(reverse("desk:dialogue"), days).content.decode()
    assert f"?since={days['since']}&amp;until={days['until']}&amp;page=2" in shown


def test_a_publication_says_where_it_will_stand(desk: Client, town: Town) -> None:
    shown = desk.get(f"{reverse('desk:publication_new')}?about=release:4").content.decode()
    assert "встанет в пресс-релиз № 4" in shown.replace(NBSP, " ")
    shown = desk.get(f"{reverse('desk:publication_new')}?about=risk:12").content.decode()
    assert "встанет в карточку риска" in shown.replace(NBSP, " ") and "«risk:12»" not in shown


def test_a_set_is_opened_issued_and_stopped(desk: Client, town: Town) -> None:
    given = {"title": "Темы", "description": "По месяцам.", "owner_number": "77012"}
    assert desk.post(reverse("desk:open_passport", args=["topics"]), given).status_code == 422
    given["owner_number"] = "7701234567"
    assert desk.post(reverse("desk:open_passport", args=["topics"]), given).status_code == 302
    assert "публикуется" in said(desk, "open_data")
    assert desk.post(reverse("desk:open_issue", args=["topics"])).status_code == 302
    desk.post(reverse("desk:open_switch", args=["topics"]))
    assert OpenDataset.objects.get().is_on is False
