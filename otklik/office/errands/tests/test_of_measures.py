"""Measures of a roadmap on control: given once, reported where the indicator stands, moved and dropped together."""

from datetime import timedelta

import pytest

from otklik.accounts.models import Notice
from otklik.accounts.selectors import rights_of
from otklik.channels.files import store_file
from otklik.common.errors import Refused
from otklik.office.errands import of_measures
from otklik.office.errands.models import Errand
from otklik.office.errands.reminding import remind_of_errands
from otklik.office.errands.selectors import waiting_for
from otklik.office.errands.services import act
from otklik.problems.roadmaps import services as roadmaps
from otklik.problems.roadmaps.models import Measure
from otklik.problems.roadmaps.services.work import Done
from otklik.problems.roadmaps.tests.cast import NOW, TODAY, Cast
from tests.town import build_town

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return Cast(build_town())


def done(cast: Cast) -> Done:
    return Done(
        "Заделали все ямы", TODAY, "0", "act", [store_file(b"akt", "akt.txt", cast.town.municipality)]
    )


def given(cast: Cast) -> tuple[Measure, Errand]:
    """A measure of an approved roadmap and its errand."""
    roadmap, measure = cast.agreed(due=10)
    (errand,) = of_measures.give_all(roadmap, cast.manager, NOW)
    return measure, errand


def test_it_gives_each_measure_once_and_names_the_roadmap(cast: Cast) -> None:
    measure, errand = given(cast)
    assert (errand.kind, errand.source_id, errand.post, errand.due_on) == (
        "roadmap", measure.pk, measure.post, measure.due,
    )  # fmt: skip
    assert errand.source_link == f"/roadmaps/{measure.roadmap_id}/#measure-{measure.pk}"
    assert "было 14, станет 0" in errand.result and errand.source_words == "дорожная карта № 1, п. 1"
    with pytest.raises(Refused, match="Давать нечего"):
        of_measures.give_all(measure.roadmap, cast.manager, NOW)
    draft = cast.draft()
    with pytest.raises(Refused, match="сначала утвердите"):
        of_measures.give_all(draft, cast.manager, NOW)


def test_a_report_in_the_roadmap_is_the_report_of_the_errand(cast: Cast) -> None:
    measure, errand = given(cast)
    doer = cast.people[1]
    of_measures.begin_measure(measure, doer, NOW)
    errand.refresh_from_db()
    assert errand.state == "taken"
    of_measures.report_measure(measure, done(cast), doer, NOW)
    errand.refresh_from_db()
    assert errand.state == "reported" and errand.moves.filter(deed="report", files__isnull=False).exists()
    of_measures.return_measure(measure, "на фото другая улица", cast.manager, NOW)
    errand.refresh_from_db()
    measure.refresh_from_db()
    assert (errand.state, measure.state) == ("returned", "running")
    of_measures.report_measure(measure, done(cast), doer, NOW)
    act(errand, "accept", cast.manager, NOW)
    rights = rights_of(doer, cast.town.municipality)
    assert waiting_for(doer, cast.town.municipality, rights) == []


def test_what_the_manager_reports_for_the_post_leaves_control(cast: Cast) -> None:
    measure, errand = given(cast)
    of_measures.report_measure(measure, done(cast), cast.manager, NOW)
    errand.refresh_from_db()
    assert errand.state == "removed"


def test_dates_move_ahead_together_and_what_is_dropped_leaves_control(cast: Cast) -> None:
    measure, errand = given(cast)
    later = cast.day(25)
    of_measures.move_measure(measure, measure.start, later, "нет асфальта", cast.manager, NOW)
    errand.refresh_from_db()
    assert (errand.due_on, errand.extensions) == (later, 1)
    of_measures.drop_measure(measure, "делает область", cast.manager, NOW)
    errand.refresh_from_db()
    assert errand.state == "removed"


def test_what_the_giver_must_do_himself_is_controlled_by_who_approved(cast: Cast) -> None:
    own = cast.people[0]
    roadmap = cast.draft()
    roadmaps.add_measure(roadmap, cast.text("Подписать договор", 1, 9, post=0), cast.manager)
    roadmaps.send(roadmap, [cast.posts[1]], cast.manager, NOW)
    agreed = roadmaps.decide(roadmap, True, "", cast.people[1], NOW)
    role = own.holdings.get().role
    role.permissions = [*role.permissions, "problems.manage"]
    role.save(update_fields=["permissions"])
    (errand,) = of_measures.give_all(agreed, own, NOW)
    assert errand.controller == cast.posts[1]


def test_one_timer_speaks_of_a_measure(cast: Cast) -> None:
    measure, _ = given(cast)
    noon = NOW + timedelta(days=(measure.due - TODAY).days)
    before = Notice.objects.count()
    assert remind_of_errands(cast.town.municipality, noon) == 0
    assert roadmaps.remind(cast.town.municipality, noon) == 1
    assert Notice.objects.count() == before + 1
