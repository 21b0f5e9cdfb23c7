"""The open page as a citizen meets it: no sign-in, no script."""

import io
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from otklik.cases import services
from otklik.cases.models import Case, CaseFile
from otklik.cases.services.intake import register_waiting
from otklik.channels.models import RawMessage
from otklik.charter.services import change_parameter
from otklik.common.words import NBSP
from otklik.portal import flood
from otklik.portal.codes import hash_of
from otklik.satisfaction.models import Recheck, Score
from otklik.satisfaction.services import invite
from tests.town import Town, build_town
from tests.walk.test_one_message import answer_to_the_end

HOME = "/p/borovichi/"
TEXT = "На улице Гагарина у дома 12 огромная яма. Когда заделаете? И кто отвечает за эту дорогу?"
SAID = {"text": TEXT, "address": "Боровичи, Гагарина, 12", "way": "message"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def town(db: None) -> Town:
    cache.clear()
    return build_town()


def send(client: Client, **more: Any) -> Any:
    return client.post(HOME, {**SAID, **more})


def code_of(response: Any) -> str:
    return str(parse_qs(urlsplit(response["Location"]).query)["s"][0])


def sent(client: Client, town: Town, **more: Any) -> tuple[Case, str]:
    """A message sent through the page and registered by the worker."""
    code = code_of(send(client, **more))
    register_waiting(town.municipality, timezone.now())
    return Case.objects.get(follow_hash=hash_of(code)), code


def address(case: Case, code: str) -> str:
    return f"{HOME}c/{case.number}/?s={code}"


def test_a_message_is_kept_at_once_and_gets_its_number(client: Client, town: Town) -> None:
    form = client.get(HOME)
    assert "112" in form.content.decode()
    assert "Боровичский муниципальный район" in form.content.decode()
    answer = send(client, contact="anna@example.org", name="Анна", consent="1")
    code = code_of(answer)
    assert RawMessage.objects.get().payload["follow_hash"] == hash_of(code)
    assert code not in str(RawMessage.objects.get().payload)
    waiting = client.get(answer["Location"])
    assert code in waiting.content.decode()
    register_waiting(town.municipality, timezone.now())
    page = client.get(answer["Location"], follow=True).content.decode()
    case = Case.objects.get()
    assert case.number in page
    assert case.kind == "message"
    assert case.applicant and case.applicant.email == "anna@example.org"
    assert "в работе" in page


def test_consent_is_never_ticked_beforehand_and_is_asked_only_for_contacts(
    client: Client, town: Town
) -> None:
    assert 'name="consent" value="1">' in client.get(HOME).content.decode()
    refused = send(client, contact="8 900 000 00 01")
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "без согласия мы их не храним" in page
    assert TEXT in page
    assert not RawMessage.objects.exists()
    assert send(client).status_code == 302


WRONG: list[tuple[dict[str, str], str]] = [
    ({"text": "  "}, "Напишите, что случилось"),
    ({"text": "12345 !!"}, "ни одного слова"),
    ({"contact": "позвоните"}, "не похоже ни на телефон"),
    ({"site": "https://example.org"}, "скрытое поле"),
    ({"way": "other"}, "Выберите, как рассмотреть"),
]


def test_an_error_is_one_sentence_and_the_typed_text_stays(client: Client, town: Town) -> None:
    for said, words in WRONG:
        answer = send(client, **said)
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert "Боровичи, Гагарина, 12" in answer.content.decode()


def test_an_appeal_without_identification_is_explained_and_offered_on_paper(
    client: Client, town: Town
) -> None:
    answer = send(client, way="appeal")
    assert answer.status_code == 422
    assert "после подтверждения личности" in answer.content.decode()
    assert not RawMessage.objects.exists()
    blank = client.post(f"{HOME}paper/", {**SAID, "name": "Анна"}).content.decode()
    assert "огромная яма" in blank
    assert "Подпись" in blank


def test_an_appeal_is_taken_where_identification_is_not_asked(client: Client, town: Town) -> None:
    today = timezone.localdate()
    change_parameter(town.municipality, "fz59.electronic_identification", False, "решение", town.vera, today)
    assert send(client, way="appeal").status_code == 302
    assert RawMessage.objects.get().payload["wants_appeal"] is True


def test_a_photo_is_kept_and_shown_only_behind_the_code(
    client: Client, town: Town, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    stream = io.BytesIO()
    Image.new("RGB", (60, 40), "grey").save(stream, "JPEG")
    photo = SimpleUploadedFile("яма.jpg", stream.getvalue(), "image/jpeg")
    case, code = sent(client, town, photos=photo)
    kept = CaseFile.objects.get(case=case)
    picture = f"{HOME}c/{case.number}/photo/{kept.pk}/"
    assert client.get(f"{picture}?s={code}").status_code == 200
    assert client.get(f"{picture}?s=2345-2345-2345").status_code == 404
    refused = send(client, photos=SimpleUploadedFile("x.exe", b"MZ\x90\x00" * 20))
    assert refused.status_code == 422
    assert "Такой файл не принимаем" in refused.content.decode()


def test_a_wrong_code_or_number_or_town_finds_nothing(client: Client, town: Town) -> None:
    case, code = sent(client, town)
    assert client.get(address(case, code)).status_code == 200
    assert client.get(address(case, "2345-2345-2345")).status_code == 404
    assert client.get(address(case, "")).status_code == 404
    assert client.get(f"{HOME}c/2026-99999/?s={code}").status_code == 404
    build_town("demyansk")
    assert client.get(address(case, code).replace("borovichi", "demyansk")).status_code == 404
    assert client.get("/p/nowhere/").status_code == 404


def test_number_and_code_lead_to_the_case_and_a_mistake_is_told(client: Client, town: Town) -> None:
    case, code = sent(client, town)
    found = client.post(f"{HOME}find/", {"number": case.number, "code": code.lower()})
    assert client.get(found["Location"]).status_code == 200
    assert client.post(f"{HOME}find/", {"code": code}).status_code == 302
    missed = client.post(f"{HOME}find/", {"number": case.number, "code": "2345"})
    assert missed.status_code == 404
    assert "Проверьте оба" in missed.content.decode()


def test_guessing_and_flooding_are_stopped(
    client: Client, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = flood.Limit("send", 2, "хватит")
    monkeypatch.setattr(flood, "SEND", few)
    assert [send(client).status_code for _ in range(3)] == [302, 302, 422]
    monkeypatch.setattr(flood, "GUESS", flood.Limit("guess", 1, "хватит гадать"))
    tries = [client.post(f"{HOME}find/", {"code": "2345"}).status_code for _ in range(3)]
    assert tries == [404, 429, 429]


def test_the_signed_answer_is_shown_and_rated_once(client: Client, town: Town) -> None:
    case, code = sent(client, town)
    case = answer_to_the_end(town, case)
    page = client.get(address(case, code)).content.decode()
    assert "Яму заделали" in page
    assert "решено" in page
    assert "Согласовать" not in page
    first = client.post(
        address(case, code), {"deed": "rate", "score": "2", "reasons": ["slow"], "words": "ждал"}
    )
    assert first.status_code == 302
    again = client.post(address(case, code), {"deed": "rate", "score": "5"})
    assert again.status_code == 422
    assert "уже принята" in again.content.decode()
    assert Score.objects.get().score == 2
    assert Recheck.objects.filter(case=case).exists()


def test_the_link_of_an_invitation_takes_one_score(client: Client, town: Town) -> None:
    case, _ = sent(client, town)
    case = answer_to_the_end(town, case)
    link = f"/p/rate/{invite(case, timezone.now())}/"
    assert case.number in client.get(link).content.decode()
    assert client.post(link, {"score": "9"}).status_code == 422
    assert "Оценка 5 принята" in client.post(link, {"score": "5"}).content.decode()
    assert "уже принята" in client.post(link, {"score": "1"}).content.decode()
    assert client.get("/p/rate/7-nothing/").status_code == 404
    assert client.get(f"/p/rate/{town.municipality.pk}-{'x' * 32}/").status_code == 404


def test_a_clarifying_question_is_answered_on_the_page(client: Client, town: Town) -> None:
    case, code = sent(client, town)
    if case.body is None:
        case = services.assign_case(case, town.bodies[0], town.vera, timezone.now(), "разобрано")
    services.ask_applicant(case, "У какого подъезда?", town.vera, timezone.now())
    assert "какого подъезда?" in client.get(address(case, code)).content.decode()
    assert client.post(address(case, code), {"deed": "reply", "text": " "}).status_code == 422
    assert client.post(address(case, code), {"deed": "reply", "text": "У второго"}).status_code == 302
    case.refresh_from_db()
    assert case.state == "in_work"


def test_a_like_message_is_offered_to_join_and_joins_by_wish(client: Client, town: Town) -> None:
    sent(client, town, contact="8 900 000 00 02", consent="1")
    case, code = sent(client, town)
    page = client.get(address(case, code)).content.decode()
    assert "Похоже, об этом уже сообщили" in page
    assert client.post(address(case, code), {"deed": "join"}).status_code == 302
    case.refresh_from_db()
    assert case.state == "joined"
    assert "в общем деле" in client.get(address(case, code)).content.decode()


def like(client: Client, words: str) -> str:
    return str(client.post(f"{HOME}place/", {"text": words}).json()["like"]).replace(NBSP, " ")


def test_like_messages_are_shown_while_writing_and_joined_by_wish(client: Client, town: Town) -> None:
    first, _ = sent(client, town, name="Анна", contact="8 900 000 00 02", consent="1")
    assert first.topic is not None
    shown = like(client, "Боровичи, улица Гагарина, глубокая яма на дороге")
    assert first.number in shown and first.topic.title in shown and "Гагарина" in shown
    assert "огромная" not in shown and "Гагарина, 12" not in shown and "Анна" not in shown
    case, code = sent(client, town, text="Яма на дороге, улица Гагарина", joins=first.number)
    assert (case.state, case.joined_to_id) == ("joined", first.pk)
    assert "рассматривают вместе с другими" in client.get(address(case, code)).content.decode()


def test_another_place_or_matter_is_not_like(client: Client, town: Town) -> None:
    sent(client, town)
    for words in ("яма на дороге", "Яма на дороге, улица Ленинградская", "На улице Гагарина стая собак"):
        assert like(client, words) == ""


@pytest.mark.parametrize("change", [{"text_kind": "thanks"}, {"kind": "appeal"}, {"solvable": False}])
def test_a_personal_matter_is_never_shown_to_others(
    client: Client, town: Town, change: dict[str, Any]
) -> None:
    first, _ = sent(client, town)
    Case.objects.filter(pk=first.pk).update(**change)
    assert like(client, TEXT) == ""


def test_a_guessed_number_is_not_joined_and_an_appeal_goes_alone(client: Client, town: Town) -> None:
    other, _ = sent(client, town, text="На улице Ленинградской у дома 5 не горят фонари", address="")
    case, _ = sent(client, town, joins=other.number)
    assert case.joined_to is None
    page = send(client, way="appeal", joins=case.number).content.decode()
    assert f'value="{case.number}" checked' in page


def test_the_place_is_read_from_the_text(client: Client, town: Town) -> None:
    found = client.post(f"{HOME}place/", {"text": "Яма в Боровичах на улице Гагарина, 12"}).json()
    assert "Гагарина" in found["words"]
    assert client.get(f"{HOME}map/").json()["places"]


def test_pages_are_light_and_ask_nothing_from_outside(client: Client, town: Town) -> None:
    for path in ("/p/", HOME, f"{HOME}find/", f"{HOME}consent/", f"{HOME}machine/"):
        page = client.get(path, follow=True)
        text = page.content.decode()
        assert page.status_code == 200
        assert len(page.content) < 30_000
        assert 'src="http' not in text and 'href="http' not in text
        assert "<style" not in text and "onclick" not in text
        assert "script-src 'self'" in page["Content-Security-Policy"]
