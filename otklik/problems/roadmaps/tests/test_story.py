"""A roadmap from the draft to its end: the route, moved dates, proof, reminders."""

from datetime import timedelta

import pytest

from otklik.accounts.models import Notice, Post
from otklik.accounts.selectors import rights_of
from otklik.audit.models import JournalEntry
from otklik.common.errors import Refused
from otklik.problems.roadmaps import services
from otklik.problems.roadmaps.models import Approval, Measure, Nudge
from otklik.problems.roadmaps.selectors import Waiting, measures_waiting, roadmaps_for
from otklik.problems.roadmaps.services import RoadmapText
from otklik.problems.roadmaps.services.work import Done
from otklik.problems.roadmaps.tests.cast import NOW, TODAY, Cast, done

pytestmark = pytest.mark.django_db


def test_it_refuses_a_draft_that_is_not_whole(cast: Cast) -> None:
    with pytest.raises(Refused, match="первопричину"):
        cast.draft(cause_text="")
    with pytest.raises(Refused, match="право"):
        services.draft_roadmap(
            cast.town.municipality, RoadmapText("А", "Б", cause_text="В"), cast.people[0], NOW
        )
    roadmap = cast.draft()
    with pytest.raises(Refused, match="нет мероприятий"):
        services.send(roadmap, [cast.posts[0]], cast.manager, NOW)
    with pytest.raises(Refused, match="раньше начала"):
        services.add_measure(roadmap, cast.text("А", 10, 2), cast.manager)
    with pytest.raises(Refused, match="каталога"):
        services.add_measure(roadmap, cast.text("А", 1, 2, measure_key="nothing"), cast.manager)
    first = services.add_measure(roadmap, cast.text("Первое", 1, 4), cast.manager)
    with pytest.raises(Refused, match="начинается раньше"):
        services.add_measure(roadmap, cast.text("Второе", 2, 6, after=[first]), cast.manager)
    second = services.add_measure(roadmap, cast.text("Второе", 12, 14, after=[first]), cast.manager)
    roadmap.refresh_from_db()
    with pytest.raises(Refused, match="по кругу"):
        again = cast.text("Первое", 20, 24, after=[second])
        services.change_measure(first, again, roadmap.version, cast.manager)
    with pytest.raises(Refused, match="изменил кто-то другой"):
        services.change_measure(first, cast.text("Первое", 1, 4), roadmap.version - 1, cast.manager)
    joint = cast.draft(kind="interdepartmental")
    services.add_measure(joint, cast.text("Одни", 1, 5), cast.manager)
    with pytest.raises(Refused, match="хотя бы два органа"):
        services.send(joint, [cast.posts[0]], cast.manager, NOW)
    services.cancel(joint, "сделает блок", cast.manager, NOW)
    with pytest.raises(Refused, match="другом состоянии"):
        services.cancel(joint, "ещё раз", cast.manager, NOW)
    empty = next(one for one in Post.objects.order_by("pk") if one not in cast.posts)
    with pytest.raises(Refused, match="никто не занимает"):
        services.send(roadmap, [empty], cast.manager, NOW)


def test_it_takes_the_route_in_turn_and_begins_it_anew_after_a_remark(cast: Cast) -> None:
    roadmap = cast.draft()
    services.add_measure(roadmap, cast.text("Заделать ямы", 1, 5), cast.manager)
    services.send(roadmap, cast.posts[:2], cast.manager, NOW)
    assert [one.kind for one in waiting(cast, 0)] == ["согласование дорожной карты"]
    assert waiting(cast, 1) == []
    with pytest.raises(Refused, match="другой должности"):
        services.decide(roadmap, True, "", cast.people[1], NOW)
    services.decide(roadmap, True, "", cast.people[0], NOW)
    with pytest.raises(Refused, match="замечание"):
        services.decide(roadmap, False, " ", cast.people[1], NOW)
    back = services.decide(roadmap, False, "Нет ресурсов", cast.people[1], NOW)
    assert back.state == "draft" and back.state_reason.endswith("Нет ресурсов")
    services.send(roadmap, cast.posts[:2], cast.manager, NOW)
    services.decide(roadmap, True, "", cast.people[0], NOW)
    agreed = services.decide(roadmap, True, "", cast.people[1], NOW)
    assert (agreed.state, agreed.edition) == ("approved", 1)
    assert agreed.editions.get().data["measures"][0]["title"] == "Заделать ямы"
    assert Approval.objects.filter(roadmap=roadmap, decision="agreed").count() == 3
    again = services.reopen(agreed, "добавили улицу", cast.manager)
    assert again.state == "draft"
    with pytest.raises(Refused, match="другом состоянии"):
        services.reopen(agreed, "ещё раз", cast.manager)


def waiting(cast: Cast, place: int) -> list[Waiting]:
    town, user = cast.town.municipality, cast.people[place]
    return measures_waiting(user, town, rights_of(user, town), NOW)


def test_it_moves_what_waits_and_keeps_why(cast: Cast) -> None:
    roadmap = cast.draft()
    first = services.add_measure(roadmap, cast.text("Первое", 1, 4), cast.manager)
    second = services.add_measure(roadmap, cast.text("Второе", 12, 14, after=[first]), cast.manager)
    services.send(roadmap, [cast.posts[0]], cast.manager, NOW)
    services.decide(roadmap, True, "", cast.people[0], NOW)
    later = cast.day(20)
    with pytest.raises(Refused, match="почему переносим"):
        services.move_measure(first, first.start, later, "", cast.manager, NOW)
    shifts = services.move_measure(first, first.start, later, "нет асфальта", cast.manager, NOW)
    assert [one.key for one in shifts] == [first.pk, second.pk]
    second.refresh_from_db()
    assert second.start > later and second.first_due < second.due
    assert second.shifts.get().why == "нет асфальта"
    with pytest.raises(Refused, match="Раньше кончится"):
        services.move_measure(second, later, cast.day(40), "скорее", cast.manager, NOW)
    services.drop_measure(first, "делает область", cast.manager)
    assert not second.waits.exists()
    with pytest.raises(Refused, match="не рабочий день"):
        sunday = TODAY + timedelta(days=30 - (TODAY + timedelta(days=30)).weekday() + 6)
        services.move_measure(second, sunday, sunday, "скорее", cast.manager, NOW)


def test_a_measure_is_closed_by_its_own_post_with_proof_and_seen_by_those_named_alone(cast: Cast) -> None:
    roadmap, measure = cast.agreed()
    assert [(one.title, one.is_late) for one in waiting(cast, 1)] == [("Заделать ямы", False)]
    with pytest.raises(Refused, match="докладывает ответственный"):
        services.begin(measure, cast.people[2])
    services.begin(measure, cast.people[1])
    with pytest.raises(Refused, match="Приложите"):
        services.report_done(measure, Done("Сделано", TODAY, "0"), cast.people[1], NOW)
    with pytest.raises(Refused, match="не наступил"):
        services.report_done(measure, done(cast, TODAY + timedelta(days=1)), cast.people[1], NOW)
    with pytest.raises(Refused, match="Не закончено"):
        services.finish(roadmap, cast.manager, NOW)
    services.report_done(measure, done(cast, TODAY), cast.people[1], NOW)
    with pytest.raises(Refused, match="уже доложено"):
        services.report_done(measure, done(cast, TODAY), cast.people[1], NOW)
    services.return_measure(measure, "на фото другая улица", cast.manager)
    services.report_done(measure, done(cast, TODAY), cast.people[1], NOW)
    finished = services.finish(roadmap, cast.manager, NOW)
    assert finished.watch_until == TODAY + timedelta(days=90)
    assert waiting(cast, 1) == []
    town = cast.town.municipality
    seen = [roadmaps_for(town, rights_of(user, town)).count() for user in (cast.manager, *cast.people)]
    assert seen == [1, 1, 1, 0]
    other = cast.town.user_with("other", ["cases.work"])
    assert not roadmaps_for(town, rights_of(other, town)).exists()
    codes = set(JournalEntry.objects.values_list("code", flat=True))
    assert {"roadmaps.measure_done", "roadmaps.measure_returned", "roadmaps.finished"} <= codes


def test_it_reminds_before_the_day_after_it_and_then_those_who_approved(cast: Cast) -> None:
    _, measure = cast.agreed()
    town = cast.town.municipality
    due = cast.day(0)
    Measure.objects.filter(pk=measure.pk).update(due=due, start=due)
    mine = Notice.objects.filter(user=cast.people[1], link__contains=f"#measure-{measure.pk}")
    assert services.remind(town, NOW + (due - TODAY)) == 1
    assert services.remind(town, NOW + (due - TODAY)) == 0
    assert mine.count() == 1
    services.remind(town, NOW + (due - TODAY) + timedelta(days=9))
    assert mine.count() == 2
    assert set(Nudge.objects.values_list("kind", flat=True)) == {"today", "late", "escalated"}
    assert Notice.objects.filter(user=cast.people[0], text__startswith="Просрочено с").exists()
    assert Notice.objects.filter(permission="problems.manage", text__startswith="Просрочено с").count() == 1
