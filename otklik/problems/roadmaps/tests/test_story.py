"""A roadmap from the draft to the proved effect: the route, moved dates, proof, reminders, evidence, the return."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from otklik.accounts.models import Holding, Notice, Post, User
from otklik.accounts.selectors import rights_of
from otklik.analytics.models import DayFact
from otklik.audit.models import JournalEntry
from otklik.channels.files import store_file
from otklik.charter.evidence import Evidence, evidence_for
from otklik.common.errors import Refused
from otklik.common.period import Period
from otklik.deadlines.selectors import calendar_of
from otklik.places.models import Settlement
from otklik.problems.models import Problem
from otklik.problems.roadmaps import services
from otklik.problems.roadmaps.models import Aim, Approval, Measure, Nudge, Roadmap
from otklik.problems.roadmaps.selectors import Waiting, measures_waiting, roadmaps_for
from otklik.problems.roadmaps.services import MeasureText, RoadmapText
from otklik.problems.roadmaps.services.work import Done
from tests.town import Town, build_town

pytestmark = pytest.mark.django_db
NOW = timezone.now().replace(microsecond=0)
TODAY = timezone.localdate()
PERIOD = Period(TODAY - timedelta(days=400), TODAY)
TOPIC = "road-potholes"


class Cast:
    """A manager, two posts held by people, a post of another body."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.manager = town.user_with("manager", ["problems.manage"])
        self.posts = list(Post.objects.filter(municipality=town.municipality).order_by("pk")[:3])
        self.people = [self._hold(post, f"holder{place}") for place, post in enumerate(self.posts)]

    def _hold(self, post: Post, name: str) -> User:
        user = self.town.user_with(name, ["cases.work"], post.body)
        Holding.objects.filter(user=user).update(post=post)
        return user

    def day(self, shift: int) -> date:
        """A working day about so many days from today."""
        return calendar_of(self.town.municipality).working_day_from(TODAY + timedelta(days=shift))

    def text(self, title: str, start: int, due: int, post: int = 1, **more: object) -> MeasureText:
        values: dict[str, object] = {
            "result": "ям нет",
            "indicator": "ям на улице, шт",
            "was": "14",
            "will_be": "0",
            "post": self.posts[post],
            "start": self.day(start),
            "due": self.day(due),
        }
        return MeasureText(title, **{**values, **more})  # type: ignore[arg-type]

    def draft(self, **more: object) -> Roadmap:
        values: dict[str, object] = {"cause_text": "нет договора на ямочный ремонт", "topics": [TOPIC]}
        text = RoadmapText("Ямы", "Дороги без ям", **{**values, **more})  # type: ignore[arg-type]
        return services.draft_roadmap(self.town.municipality, text, self.manager, NOW)

    def agreed(self, start: int = -20, due: int = 3) -> tuple[Roadmap, Measure]:
        """An approved roadmap with one measure."""
        roadmap = self.draft()
        measure = services.add_measure(roadmap, self.text("Заделать ямы", start, due), self.manager)
        services.send(roadmap, [self.posts[0]], self.manager, NOW)
        return services.decide(roadmap, True, "", self.people[0], NOW), measure


@pytest.fixture
def cast() -> Cast:
    return Cast(build_town())


def done(cast: Cast, on: date) -> Done:
    file = store_file(b"akt", "akt.txt", cast.town.municipality)
    return Done("Заделали все четырнадцать ям", on, "0", "act", [file])


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


def plant(cast: Cast, weeks: int, mine: list[int], other: list[int]) -> tuple[Settlement, Settlement]:
    """Facts of two settlements by weeks, the oldest first, up to last week; months are made of them."""
    town = cast.town.municipality
    here, there = Settlement.objects.filter(municipality=town).order_by("pk")[:2]
    monday = TODAY - timedelta(days=TODAY.weekday())
    rows = []
    for place, counts in ((here, mine), (there, other)):
        for back, count in zip(range(weeks, 0, -1), counts, strict=True):
            rows.append(
                DayFact(
                    municipality=town,
                    day=monday - timedelta(weeks=back),
                    channel="phone",
                    kind="message",
                    topic=TOPIC,
                    body=0,
                    block="",
                    settlement=place.pk,
                    h3="",
                    state_class="closed",
                    received=count,
                )
            )
    DayFact.objects.bulk_create(rows)
    return here, there


def effective(cast: Cast, mine: list[int], other: list[int], ago: int = 8) -> Roadmap:
    """A roadmap whose measure ended so many weeks ago, with the flow before and after it."""
    here, _ = plant(cast, len(mine), mine, other)
    roadmap = cast.draft(settlements=[here.pk])
    measure = services.add_measure(roadmap, cast.text("Заделать ямы", -7 * (ago + 1), -7 * ago), cast.manager)
    services.send(roadmap, [cast.posts[0]], cast.manager, NOW)
    services.decide(roadmap, True, "", cast.people[0], NOW)
    services.report_done(measure, done(cast, TODAY - timedelta(weeks=ago)), cast.manager, NOW)
    return services.finish(roadmap, cast.manager, NOW)


def test_it_proves_an_effect_against_the_same_topic_elsewhere(cast: Cast) -> None:
    roadmap = effective(cast, [12, 14, 13] * 8 + [12, 13] + [6] + [4, 3, 4, 3, 4, 3, 4], [10, 11] * 17)
    kept = services.count_effect(roadmap, NOW)
    assert kept is not None and kept.verdict == "proved", kept
    assert kept.control.startswith("place:") and kept.high is not None and kept.high < 0
    assert services.count_effect(roadmap, NOW) == kept
    with pytest.raises(Refused, match="из списка"):
        services.choose_control(roadmap, "place:0", "так", cast.manager, NOW)
    with pytest.raises(Refused, match="почему с этим"):
        services.choose_control(roadmap, kept.control, "", cast.manager, NOW)
    chosen = services.choose_control(roadmap, kept.control, "соседнее село", cast.manager, NOW)
    assert chosen.control_by == cast.manager
    assert services.choose_control(roadmap, "", "", cast.manager, NOW).control_by is None
    assert services.watch_flows(cast.town.municipality, NOW) == 1
    assert not Notice.objects.filter(text__startswith="Поток вернулся").exists()


def test_it_tells_when_the_flow_comes_back(cast: Cast) -> None:
    roadmap = effective(cast, [12, 14, 13] * 8 + [12, 13] + [6] + [4, 3, 4, 14, 13, 15, 14], [10, 11] * 17)
    services.count_effect(roadmap, NOW)
    roadmap.refresh_from_db()
    assert roadmap.returned_on == TODAY
    assert Notice.objects.filter(permission="problems.manage", text__startswith="Поток вернулся").count() == 1
    services.count_effect(roadmap, NOW)
    assert Notice.objects.filter(text__startswith="Поток вернулся").count() == 1
    with pytest.raises(Refused, match="уже в работе или закрыты"):
        services.return_problems(roadmap, cast.manager, NOW)
    problem = Problem.objects.create(
        municipality=cast.town.municipality,
        number="1",
        title="Ямы",
        source="cases",
        since=TODAY,
        raised_at=NOW,
        confirmed_at=NOW,
        solved_on=TODAY,
        state="watch",
    )
    Aim.objects.create(municipality=cast.town.municipality, roadmap=roadmap, problem=problem)
    assert services.return_problems(roadmap, cast.manager, NOW) == 1
    problem.refresh_from_db()
    assert (problem.state, problem.solved_on) == ("in_work", None)


def test_it_says_there_is_not_enough_data_or_nothing_to_compare_with(cast: Cast) -> None:
    few = services.count_effect(effective(cast, [1, 0, 1, 0], [1, 1, 0, 1], ago=1), NOW)
    assert few is not None and few.verdict == "few"
    roadmap, _ = cast.agreed()
    assert services.count_effect(roadmap, NOW) is None


def proof(cast: Cast, key: str) -> Evidence:
    found = evidence_for(key, cast.town.municipality, PERIOD)
    assert found is not None
    return found


def test_its_evidence_moves_with_the_records(cast: Cast) -> None:
    keys = (
        "problems.roadmaps",
        "problems.improvement_plan",
        "office.interdepartmental",
        "problems.cause_effect",
    )
    assert [proof(cast, key).count for key in keys] == [0, 0, 0, 0]
    roadmap = effective(cast, [12, 14] * 13 + [6] + [3] * 7, [10, 11] * 17)
    services.count_effect(roadmap, NOW)
    plan = cast.draft(kind="improvement_plan", cause_text="")
    assert [proof(cast, key).count for key in keys] == [1, 0, 0, 1]
    services.add_measure(plan, cast.text("Учёба", 1, 5, post=1), cast.manager)
    other = next(one for one in cast.posts if one.body_id != cast.posts[1].body_id)
    joint = cast.draft(kind="interdepartmental")
    services.add_measure(joint, cast.text("Вместе", 1, 5, helpers=[other]), cast.manager)
    services.send(joint, [cast.posts[0]], cast.manager, NOW)
    services.decide(joint, True, "", cast.people[0], NOW)
    assert [proof(cast, key).count for key in keys] == [2, 1, 1, 1]
    assert proof(cast, "problems.cause_effect").words == "эффект доказан: 1"
    for one in (roadmap, plan, joint):
        Roadmap.objects.filter(pk=one.pk).delete()
    assert [proof(cast, key).count for key in keys] == [0, 0, 0, 0]
