"""Problems through the screens: a proposal is confirmed without a stray case, its cause is proved and decided."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from otklik.desk.tests.stale_form import keeps_what_was_typed
from otklik.problems.gathering import Member
from otklik.problems.models import Cause, OuterIndicator, Problem, TalkError
from otklik.problems.services import Proposal, propose
from tests.town import Town, build_town

pytestmark = pytest.mark.django_db
NOW = timezone.now().replace(microsecond=0)
TABLE = "Номер;Показатель;План;Факт\n1;Доля дворов;60;52\n2;Свалок;5;8\n".encode()


def entered(town: Town) -> Client:
    head = town.user_with("head", [], role_key="head")
    client = Client()
    client.force_login(head, "django.contrib.auth.backends.ModelBackend")
    return client


def test_it_confirms_a_proposal_and_walks_its_cause_to_a_decision() -> None:
    town = build_town()
    client, yesterday = entered(town), NOW - timedelta(days=1)
    cases = [
        town.case(f"На улице Гагарина, {number} яма. Когда заделаете?", now=yesterday) for number in (1, 2, 3)
    ]
    members = {one.pk: Member(0.8, "текст совпадает на 80 %") for one in cases}
    made = propose(
        town.municipality,
        Proposal("cases", "Ямы на Гагарина", "три карточки за день", yesterday.date(), cases=members),
        NOW,
    )
    assert made is not None
    page = f"/problems/{made.number}/"
    shown = client.get(page).content.decode()
    assert "Это одна проблема?" in shown and "текст совпадает на" in shown
    assert made.number in client.get("/problems/").content.decode()
    offered = {
        "offered": [one.pk for one in cases],
        "keep": [one.pk for one in cases[1:]],
        "version": made.version,
    }
    assert client.post(f"{page}do/confirm/", offered).status_code == 302
    assert client.post(f"{page}do/confirm/", offered).status_code == 422
    assert sorted(made.links.values_list("state", flat=True)) == ["confirmed", "confirmed", "struck"]
    client.post(f"{page}why5/", {"why": ["Яму не видят", "Обходов нет", "", "", ""]})
    root = Cause.objects.get(text="Обходов нет")
    cause = f"/problems/causes/{root.pk}/"
    assert client.post(f"{cause}do/root/", {"is_root": "1"}).status_code == 422
    proof = {"kind": "case", "case": cases[1].number, "words": "пишут второй раз"}
    assert client.post(f"{cause}do/prove/", proof).status_code == 302
    assert client.post(f"{cause}do/root/", {"is_root": "1"}).status_code == 302
    decision = {"decision": "Обходить улицы по пятницам", "body": town.bodies[0].pk}
    assert client.post(f"{cause}do/decide/", decision).status_code == 302
    assert "Обходить улицы по пятницам" in client.get(page).content.decode()
    text = {"text": "Яму заделаем в пятницу", "kind": "explained"}
    later = {**text, "text": "Яму заделаем во вторник"}
    keeps_what_was_typed(client, f"{page}do/text/", text, later, "во вторник", page)
    words = {"title": "Ямы на Гагарина", "gist": "Пишут каждый день", "block_key": made.block_key}
    more = {**words, "gist": "Ямы у каждого дома"}
    keeps_what_was_typed(client, f"{page}edit/", words, more, "Ямы у каждого дома")
    theirs, mine = {"text": "Обходов нет вовсе"}, {"text": "Обходов нет с весны"}
    keeps_what_was_typed(client, cause, theirs, mine, "Обходов нет с весны")


def test_it_reads_an_outer_table_and_keeps_errors_with_their_lessons() -> None:
    town = build_town()
    client = entered(town)
    unseen = client.post("/problems/outer/write/", {"title": "Доля\x00дворов"})
    assert unseen.status_code == 422 and "невидимый знак" in unseen.content.decode()
    sent = {"list_name": "Нацпроекты", "source": "письмо", "file": SimpleUploadedFile("list.csv", TABLE)}
    spoiled = SimpleUploadedFile("list.csv", TABLE.replace(b"52", b"NaN"))
    refused = client.post("/problems/outer/load/", {**sent, "file": spoiled})
    assert refused.status_code == 422 and "не число" in refused.content.decode()
    assert client.post("/problems/outer/load/", sent).status_code == 302
    assert list(OuterIndicator.objects.order_by("key").values_list("key", "plan", "fact")) == [
        ("1", 60.0, 52.0),
        ("2", 5.0, 8.0),
    ]
    assert "Доля дворов" in client.get("/problems/outer/").content.decode()
    raised = {"title": "Темно у школы", "source": "polls", "since": NOW.date().isoformat()}
    assert client.post("/problems/new/", raised).status_code == 302
    assert Problem.objects.get().source == "polls"
    note = {
        "fault": "formal",
        "text": "Ответили отпиской",
        "on": NOW.date().isoformat(),
        "body": town.bodies[0].pk,
    }
    assert client.post("/talk-errors/note/", note).status_code == 302
    error = TalkError.objects.get()
    assert client.post(f"/talk-errors/{error.pk}/lesson/", {"lesson": "Пишем день"}).status_code == 302
    assert "Пишем день" in client.get("/talk-errors/?show=learnt").content.decode()
