"""Scores of a town become an estimate, and a study keeps its figures as they were."""

from datetime import datetime, timedelta
from io import BytesIO

import pytest
from docx import Document

from otklik.audit.models import JournalEntry
from otklik.cases.models import Answer, Case
from otklik.charter.evidence import evidence_for
from otklik.common.errors import Refused
from otklik.common.period import Period
from otklik.satisfaction.models import Score, Study
from otklik.satisfaction.paper import study_docx
from otklik.satisfaction.picture import satisfaction_of
from otklik.satisfaction.services import take_outer_score
from otklik.satisfaction.studies import StudyText, keep_study, lines_of
from tests.town import Town, build_town

pytestmark = pytest.mark.django_db
NOW = datetime.fromisoformat("2026-10-20T09:00:00+03:00")
OCTOBER = Period(NOW.date().replace(day=1), NOW.date().replace(day=31))
TEXT = "На улице Гагарина у дома 12 не горит фонарь. Когда починят?"
WORDS = StudyText("Осень", "Довольны ли ответами?", "", "Решённое оценивают выше.\nРазъяснённое — ниже.")


def answered(town: Town, number: int, score: int | None, result: str = "solved", days: int = 1) -> Case:
    case = town.case(f"{TEXT} {number}", now=NOW - timedelta(days=days))
    Case.objects.filter(pk=case.pk).update(
        state="closed", answered_at=NOW, closed_at=NOW, result=result, block_key="roads"
    )
    case.refresh_from_db()
    if score is not None:
        take_outer_score(case, score, NOW)
    return case


def town_with_scores() -> Town:
    town = build_town()
    for number in range(6):
        answered(town, number, 5 if number < 5 else 4)
    for number in range(10, 16):
        answered(town, number, 2, "explained", days=9)
    for number in range(20, 28):
        answered(town, number, None, "explained")
    Answer.objects.create(
        municipality=town.municipality,
        case=Case.objects.filter(score=2)[0],
        version=1,
        kind="explained",
        text="Разъясняем.",
        state="returned",
        return_reason="не по существу",
    )
    return town


def test_it_weighs_the_silent_and_finds_what_stands_beside_better_scores() -> None:
    town = town_with_scores()
    found = satisfaction_of(town.municipality, OCTOBER)
    told = found.estimate
    assert (told.answered, told.scored, found.counts) == (20, 12, (0, 6, 0, 1, 5))
    assert told.plain is not None and told.weighted is not None
    assert told.weighted.number < told.plain.number, "the explained were silent more often"
    assert {one.key: one.sureness for one in found.links}["is_solved"] == "уверенно"
    assert {one.key: one.sureness for one in found.links}["is_soon"] == "уверенно"
    assert set(found.by_block) == {"roads"}
    assert satisfaction_of(town.municipality, OCTOBER, "social").estimate.answered == 0


def test_it_counts_reasons_that_the_applicants_named() -> None:
    town = build_town()
    case = answered(town, 1, 2)
    Score.objects.filter(case=case).update(reasons=["slow", "unclear"])
    assert satisfaction_of(town.municipality, OCTOBER).reasons == (("slow", 1), ("unclear", 1))


def test_it_keeps_a_study_with_the_figures_of_its_day() -> None:
    town = town_with_scores()
    head = town.user_with("head", [], role_key="head")
    study = keep_study(town.municipality, WORDS, OCTOBER, "", head, NOW)
    before = lines_of(study.figures, {"roads": "Дороги"})
    answered(town, 99, 1)
    study.refresh_from_db()
    assert lines_of(study.figures, {"roads": "Дороги"}) == before
    said = dict(before)
    assert said["Ответов"] == "20"
    assert said["Блок «Дороги»"].startswith("2,85 ")
    assert study.author_title == "Руководитель МЦУ" and "Холм" in study.method
    assert "60,0 %" in study.sample.replace("\xa0", " ")
    proof = evidence_for("satisfaction.studies", town.municipality, Period(NOW.date(), NOW.date()))
    assert proof is not None and proof.count == 1
    assert JournalEntry.objects.filter(code="satisfaction.studied").count() == 1


def test_it_hands_a_study_over_as_a_document() -> None:
    town = town_with_scores()
    study = keep_study(town.municipality, WORDS, OCTOBER, "", town.vera, NOW)
    paper = Document(BytesIO(study_docx(study, {"roads": "Дороги"})))
    texts = [one.text for one in paper.paragraphs]
    assert texts[0] == "Осень" and "Разъяснённое — ниже." in texts
    cells = {row.cells[0].text: row.cells[1].text for row in paper.tables[0].rows}
    assert cells == dict(lines_of(study.figures, {"roads": "Дороги"}))
    assert TEXT not in "\n".join(texts)


@pytest.mark.parametrize(
    ("text", "period", "said"),
    [
        (StudyText("", "Почему?", "", "Так."), OCTOBER, "название"),
        (StudyText("Осень", " ", "", "Так."), OCTOBER, "вопрос"),
        (StudyText("Осень", "Почему?", "", ""), OCTOBER, "выводы"),
        (StudyText("Осень", "Почему?", "м" * 5000, "Так."), OCTOBER, "не больше"),
        (
            WORDS,
            Period(NOW.date() - timedelta(days=400), NOW.date() - timedelta(days=399)),
            "исследовать нечего",
        ),
    ],
)
def test_it_refuses_a_study_that_nobody_could_read(text: StudyText, period: Period, said: str) -> None:
    town = build_town()
    answered(town, 1, 5)
    with pytest.raises(Refused, match=said):
        keep_study(town.municipality, text, period, "", town.vera, NOW)
    assert not Study.objects.exists()
