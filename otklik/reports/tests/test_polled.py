"""The section of polls: what was held in the period with its participants and decision; exercises are left out."""

from datetime import datetime, timedelta

import pytest

from otklik.common.periods import quarter_of
from otklik.outreach.polls import services
from otklik.outreach.polls.models import Poll
from otklik.outreach.polls.services import ProposalText
from otklik.outreach.polls.tests.cast import AFTER, NOW, Cast, vote
from otklik.reports.forms.polled import polls_kept
from otklik.reports.parts import Paragraph, Writing
from otklik.reports.source import Source
from tests.fixtures.lived import back_in, made_once
from tests.town import Town, build_town

pytestmark = pytest.mark.django_db
QUARTER = quarter_of(2026, 4)
END = datetime.fromisoformat("2027-01-10T12:00:00+03:00")


lived = made_once(build_town)


@pytest.fixture
def cast(lived: Town) -> Cast:
    return Cast(back_in(lived))


def section(cast: Cast) -> tuple[str, list[list[str]]]:
    page = Writing()
    polls_kept(Source(cast.town.municipality, QUARTER, END), page)
    said = " ".join(one.text for one in page.parts if isinstance(one, Paragraph)).replace("\xa0", " ")
    tables = [one for one in page.parts if hasattr(one, "rows")]
    rows = [[cell.text.replace("\xa0", " ") for cell in row] for table in tables for row in table.rows]
    return said, rows


def test_a_quarter_without_polls_says_nothing(cast: Cast) -> None:
    assert section(cast) == ("", [])


def test_it_counts_participants_and_tells_the_decision(cast: Cast) -> None:
    poll = cast.running()
    for voter in range(3):
        vote(poll, f"житель {voter}", "Набережная")
    services.close(poll, cast.author, AFTER)
    services.sum_up(poll, "Начать с набережной.", cast.author, AFTER)
    text = services.DecisionText("Набережная первой", "её выбрали все", "постановление № 5")
    services.decide(poll, text, cast.head, AFTER + timedelta(days=1))
    said, rows = section(cast)
    assert said == "Проведено: 1 опрос; участников 3. Закончено 1, решение принято по 1."
    assert rows == [
        [
            "№ 1. Какой сквер обновить первым",
            "опрос",
            "на нашей странице, 20.10.2026 – 29.10.2026",
            "3",
            "Набережная первой (постановление № 5)",
        ]
    ]


def test_a_discussion_counts_those_who_proposed(cast: Cast) -> None:
    poll = cast.running(form="discussion", questions=())
    for number in range(2):
        services.propose(poll, ProposalText("Лавки", "Поставить лавки у школы", f"code-{number}"), NOW)
    said, rows = section(cast)
    assert said == "Проведено: 1 обсуждение; участников 2."
    assert rows[0][3] == "2"


def test_exercises_and_polls_of_other_quarters_are_left_out(cast: Cast) -> None:
    cast.running(is_training=True)
    Poll.objects.filter(pk=cast.running().pk).update(
        state="closed", opened_at=NOW - timedelta(days=120), closed_at=NOW - timedelta(days=90)
    )
    assert section(cast) == ("", [])
