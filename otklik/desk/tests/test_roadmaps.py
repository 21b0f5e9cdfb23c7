"""Roadmaps on the desk: a draft is filled, moved with a look ahead, agreed, reported with proof, printed."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from docx import Document

from otklik.accounts.models import Holding, Post, User
from otklik.deadlines.selectors import calendar_of
from otklik.desk.flow_picture import curve_of, expected_of
from otklik.desk.gantt import Line, gantt_of, ticks_of
from otklik.desk.tests.stale_form import keeps_what_was_typed
from otklik.problems.roadmaps.effect import Candidate, Flow
from otklik.problems.roadmaps.flows import Picture, Span
from otklik.problems.roadmaps.models import Measure, Roadmap
from tests.town import Town, build_town

TODAY = timezone.localdate()
MONDAY = date(2026, 3, 2)


def line(key: int, start: int, due: int, *after: int) -> Line:
    days = (MONDAY + timedelta(days=start), MONDAY + timedelta(days=due))
    return Line(key, key, f"Мероприятие {key} с названием длиннее сорока знаков", *days, "ok", False, after)


def test_it_draws_bars_on_one_scale_with_arrows_to_what_waits() -> None:
    gantt = gantt_of([line(1, 0, 6), line(2, 7, 13, 1), line(3, 7, 7, 1)], MONDAY, "Три мероприятия.")
    assert gantt is not None and len(gantt.arrows) == 2
    first, second, third = gantt.bars
    assert first.x + first.width == pytest.approx(second.x, abs=0.2) and second.x == third.x
    assert first.width == pytest.approx(second.width) and third.width < second.width
    assert gantt.today == first.x and first.line.short.endswith("…")
    assert gantt_of([], MONDAY, "") is None
    far = gantt_of([line(1, 10, 12)], MONDAY, "")
    assert far is not None and far.today is None


def test_its_scale_says_mondays_of_a_short_plan_and_months_of_a_long_one() -> None:
    short = ticks_of(MONDAY, MONDAY + timedelta(days=30))
    assert [day.weekday() for day, _ in short] == [0] * len(short) and short[0][1] == "2\u00a0мар"
    long = ticks_of(MONDAY, MONDAY + timedelta(days=400))
    assert [said for _, said in long][:2] == ["апр", "мая"] and "янв\u00a02027" in dict(long).values()
    assert len(long) <= 14


def test_it_brings_the_control_to_the_level_before_the_measures() -> None:
    span = Span(MONDAY, 10, 11, 16)
    counts, compared = (6,) * 12 + (2,) * 4, (3,) * 16
    control = Candidate("place:1", "с. Ключи", Flow(compared[:6], compared[12:]))
    picture = Picture(span, counts, compared, control)
    assert expected_of(picture) == [6.0] * 16
    curve = curve_of(picture)
    assert curve is not None and curve.alarm is not None and len(curve.dots) == 16
    assert curve.dots[0].y < curve.dots[-1].y <= curve.floor
    assert curve_of(Picture(None)) is None and expected_of(Picture(None)) == []


def working(town: Town, shift: int) -> str:
    return calendar_of(town.municipality).working_day_from(TODAY + timedelta(days=shift)).isoformat()


def entered(user: User) -> Client:
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.django_db
def test_a_roadmap_goes_from_a_draft_to_a_paper_by_screens() -> None:
    town = build_town()
    post = Post.objects.filter(municipality=town.municipality).order_by("pk")[0]
    holder = town.user_with("holder", ["cases.work"], post.body)
    Holding.objects.filter(user=holder).update(post=post)
    keeper, his = entered(town.user_with("keeper", ["problems.manage"])), entered(holder)
    assert "начинается с первопричины" in keeper.get("/roadmaps/").content.decode()
    head = {"title": "Свет у школ", "kind": "roadmap", "goal": "Ни одного тёмного перехода"}
    assert "Назовите первопричину" in keeper.post("/roadmaps/new/", head).content.decode()
    answer = keeper.post("/roadmaps/new/", {**head, "cause_text": "договор не заключён"})
    roadmap = Roadmap.objects.get()
    assert answer["Location"] == f"/roadmaps/{roadmap.pk}/"
    whole = {**head, "cause_text": "договор не заключён"}
    keeps_what_was_typed(
        keeper,
        f"/roadmaps/{roadmap.pk}/edit/",
        {**whole, "goal": "Свет к октябрю"},
        {**whole, "goal": "Свет к ноябрю"},
        "Свет к ноябрю",
    )
    text = {
        "title": "Заключить договор", "result": "договор", "indicator": "договоров", "was": "0", "will_be": "1",
        "post": post.pk, "start": working(town, 1), "due": working(town, 5),
    }  # fmt: skip
    assert keeper.post(f"/roadmaps/{roadmap.pk}/measures/new/", text).status_code == 302
    first = Measure.objects.get()
    later = {
        "title": "Заменить лампы",
        "start": working(town, 12),
        "due": working(town, 20),
        "after": [first.pk],
    }
    assert keeper.post(f"/roadmaps/{roadmap.pk}/measures/new/", {**text, **later}).status_code == 302
    assert his.get(f"/roadmaps/{roadmap.pk}/").status_code == 200
    assert his.get(f"/roadmaps/{roadmap.pk}/edit/").status_code == 404
    assert (
        entered(town.user_with("stranger", ["cases.work"])).get(f"/roadmaps/{roadmap.pk}/").status_code == 404
    )
    asked = f"/roadmaps/measures/{first.pk}/move/?start={working(town, 1)}&due={working(town, 25)}"
    looked = keeper.get(asked).content.decode()
    assert "Вместе с ним сдвинутся: 1" in looked and "Заменить лампы" in looked
    first.refresh_from_db()
    assert first.due.isoformat() == working(town, 5)
    sent = {"approves": str(post.pk)}
    assert keeper.post(f"/roadmaps/{roadmap.pk}/do/send/", sent).status_code == 302
    assert "Утвердить карту" in his.get(f"/roadmaps/{roadmap.pk}/").content.decode()
    assert his.post(f"/roadmaps/{roadmap.pk}/do/agree/").status_code == 302
    card = his.get(f"/roadmaps/{roadmap.pk}/").content.decode()
    assert "gantt__picture" in card and "на критическом пути" in card
    report = {"words": "Подписали", "on": TODAY.isoformat(), "fact": "1", "kind": "act", "link": ""}
    deed = f"/roadmaps/measures/{first.pk}/do/done/"
    assert "Приложите" in his.post(deed, report).content.decode()
    act = SimpleUploadedFile("akt.txt", b"akt")
    assert his.post(deed, {**report, "files": act}).status_code == 302
    proof = first.proofs.get()
    assert his.get(f"/roadmaps/proofs/{proof.pk}/").getvalue() == b"akt"
    assert "В работе одна карта" in his.get("/roadmaps/").content.decode().replace("\u00a0", " ")
    paper = Document(BytesIO(keeper.get(f"/roadmaps/{roadmap.pk}/roadmap.docx").content))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    assert any("Заключить договор" in cell for cell in cells) and any("стало: 1" in cell for cell in cells)
    assert keeper.get(f"/roadmaps/{roadmap.pk}/editions/1/").status_code == 200
    assert keeper.get(f"/roadmaps/{roadmap.pk}/roadmap.pdf").content.startswith(b"%PDF")
    Roadmap.objects.update(state="cancelled", state_reason="сделает блок", finished_at=timezone.now())
    over = keeper.get("/roadmaps/").content.decode().replace("\u00a0", " ")
    assert "В работе карт нет" in over and "Свет у школ" in over
    assert "В работе ничего нет" in keeper.get("/roadmaps/?show=").content.decode()
