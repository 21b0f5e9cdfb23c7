"""Ideas out of a week's records, and a draft made of one by a click."""

from datetime import timedelta

import pytest

from otklik.analytics.services import rebuild
from otklik.cases.models import Answer, Case
from otklik.common.errors import Refused
from otklik.outreach.content.services import withdraw
from otklik.problems.roadmaps.services import begin, report_done
from otklik.problems.roadmaps.tests.cast import NOW, TODAY, TOPIC, Cast, done
from otklik.reports.worth_telling.ideas import Idea
from otklik.reports.worth_telling.selectors import ideas_of, taken
from otklik.reports.worth_telling.services import draft
from otklik.topics.models import Topic
from tests.rights.published import official_page
from tests.town import Town, build_town

pytestmark = pytest.mark.django_db
PIT = "На улице Гагарина напротив дома 12 огромная яма на дороге, пробили колесо. Когда заделаете?"
SAID = "Здравствуйте! Ямы засыпают весной и осенью по графику. Звоните +7 900 123-45-67."


def explained(town: Town, count: int) -> None:
    """Messages of the last days on one topic, each with an answer that explains; alike but for their day."""
    topic, first = Topic.objects.get(key=TOPIC), town.case(PIT, now=NOW - timedelta(days=1))
    for number in range(count):
        at = NOW - timedelta(days=1 + number % 3)
        case = Case.objects.get(pk=first.pk)
        if number:
            case.pk, case.raw, case.number = None, None, f"{first.number}-{number}"
            case._state.adding = True
        case.topic, case.came_at, case.answered_at, case.score = (
            topic,
            at,
            at + timedelta(hours=5),
            number % 5,
        )
        case.save()
        Answer.objects.create(
            municipality=town.municipality,
            case=case,
            version=1,
            kind="explained",
            text=SAID,
            state="sent",
            signed_at=at + timedelta(hours=4),
            sent_at=at + timedelta(hours=5),
        )


def of_kind(ideas: list[Idea], kind: str) -> list[Idea]:
    return [one for one in ideas if one.kind == kind]


def test_it_proposes_with_figures_and_makes_one_draft_of_an_idea() -> None:
    cast = Cast(build_town())
    town, whose = cast.town, cast.town.municipality
    explained(town, 6)
    _, measure = cast.agreed(start=2, due=5)
    rebuild(whose, now=NOW)
    ideas = ideas_of(whose, TODAY)
    (topic,) = of_kind(ideas, "topic")
    assert topic.figures[0].value.startswith("6") and f"topic={TOPIC}" in topic.figures[0].link
    assert "Первая тема недели" in topic.reason and topic.sure.value is not None
    (answers,) = of_kind(ideas, "answers")
    assert "6 из" in answers.reason and "по графику" in answers.text
    assert "Здравствуйте" not in answers.text and "123-45-67" not in answers.text
    (planned,) = of_kind(ideas, "planned")
    assert planned.link == f"/roadmaps/{measure.roadmap_id}/"
    assert {one.words: one.value for one in planned.figures}["Сообщений за 30 дней"] == "6"
    page, keeper = official_page(town), town.user_with("pages", ["outreach.publish"])
    made = draft(whose, answers.key, keeper, NOW)
    assert made.origin == "analysis" and made.about == answers.about and made.topic_key == TOPIC
    assert [one["words"] for one in made.figures] == [one.words for one in answers.figures]
    assert made.posts.get().page == page and made.rubric is not None and made.rubric.key == "answers"
    assert taken(whose, ideas) == {answers.about: made}
    with pytest.raises(Refused, match=f"материал № {made.number}"):
        draft(whose, answers.key, keeper, NOW)
    withdraw(made, "не сейчас", keeper, NOW)
    assert taken(whose, ideas) == {}
    with pytest.raises(Refused, match="цифры изменились"):
        draft(whose, "topic:nothing:2026-W01", keeper, NOW)
    tells_of_what_is_done(cast)


def tells_of_what_is_done(cast: Cast) -> None:
    """Only with a proof, and only while it is news."""
    _, measure = cast.agreed(start=-5, due=3)
    begin(measure, cast.people[1])
    assert of_kind(ideas_of(cast.town.municipality, TODAY), "done") == []
    report_done(measure, done(cast, TODAY), cast.people[1], NOW)
    (told,) = of_kind(ideas_of(cast.town.municipality, TODAY), "done")
    assert told.sure.is_checked and told.sure.value is None and "0" in told.figures[1].value
    assert "Заделали все четырнадцать ям" in told.text
    assert of_kind(ideas_of(cast.town.municipality, TODAY + timedelta(days=40)), "done") == []
