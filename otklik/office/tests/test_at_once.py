"""One protocol under several hands at once, each on a connection of its own: nothing that was written is lost."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction

from otklik.accounts.models import User
from otklik.common.scope import within
from otklik.office import services
from otklik.office.errands.models import Errand
from otklik.office.models import AgendaItem, Decision, Meeting
from otklik.office.services import Conflict, DecisionText
from otklik.office.tests.people import NOW, Centre, build_centre
from tests.at_once import at_once

HEARD = ("За 60 дней 14 сообщений об освещении.", "Подрядчик не выходит третью неделю.")


@pytest.fixture
def centre(committed: str) -> Centre:
    with transaction.atomic():
        built = build_centre()
        assert all((built.curator, built.head, built.member, built.post, built.control))
    return built


def inside(centre: Centre, deed: Callable[[], object]) -> Callable[[], None]:
    """The deed in a transaction of its own, as a request has it."""

    def run() -> None:
        with within(centre.town.municipality.pk):
            deed()

    return run


def item_of(key: int) -> AgendaItem:
    return AgendaItem.objects.select_related("meeting__municipality").get(pk=key)


def test_it_keeps_every_word_and_line_two_people_write_at_once(centre: Centre) -> None:
    with within(centre.town.municipality.pk):
        _, item = centre.running()
        line = centre.decided(item)

    def add(by: User, what: str) -> Callable[[], object]:
        text = DecisionText(post=centre.post, what=what, due=NOW.date() + timedelta(days=9))
        return lambda: services.add_decision(item_of(item.pk), text, by, NOW)

    def say(by: User, text: str) -> Callable[[], None]:
        """Write «СЛУШАЛИ» over what was read; whoever comes second adds to the newer text, as the screen offers."""

        def deed() -> None:
            try:
                services.write(item_of(item.pk), "heard", text, 0, by, NOW)
            except Conflict as conflict:
                both = f"{conflict.current['text']} {text}"
                services.write(item_of(item.pk), "heard", both, conflict.version, by, NOW)

        return deed

    def mend() -> Decision:
        text = DecisionText(
            post=centre.post, what="заменить пять светильников", due=line.due, control=centre.control
        )
        kept = Decision.objects.select_related("item__meeting__municipality").get(pk=line.pk)
        return services.save_decision(kept, text, 1, centre.head, NOW)

    deeds = [
        say(centre.head, HEARD[0]),
        say(centre.curator, HEARD[1]),
        lambda: services.write(item_of(item.pk), "spoke", "О переходе на Заводской.", 0, centre.head, NOW),
        add(centre.head, "проверить щиты"),
        add(centre.curator, "направить акт"),
        mend,
    ]
    assert at_once(*(inside(centre, deed) for deed in deeds)) == ["done"] * len(deeds)
    with within(centre.town.municipality.pk):
        kept = item_of(item.pk)
        assert all(said in kept.heard for said in HEARD)
        assert (kept.spoke, kept.heard_version) == ("О переходе на Заводской.", 2)
        written = set(kept.decisions.values_list("what", flat=True))
        assert written == {"заменить пять светильников", "проверить щиты", "направить акт"}


def test_it_signs_once_and_gives_each_line_once_though_a_line_comes_at_that_moment(centre: Centre) -> None:
    with within(centre.town.municipality.pk):
        meeting, item = centre.running()
        centre.decided(item)
        services.finish(meeting, centre.head, NOW)

    def sign() -> Meeting:
        held = Meeting.objects.select_related("municipality").get(pk=meeting.pk)
        return services.sign(held, centre.curator, NOW)

    def add() -> Decision:
        return centre.decided(item_of(item.pk), what="проверить щиты")

    came = at_once(*(inside(centre, deed) for deed in (sign, sign, add)))
    assert came.count("done") in (1, 2), came
    with within(centre.town.municipality.pk):
        signed = Meeting.objects.get(pk=meeting.pk)
        lines = Decision.objects.filter(item__meeting=meeting)
        given = Errand.objects.filter(kind="protocol")
        assert signed.state == "signed"
        assert given.count() == lines.count() == lines.filter(errand__isnull=False).count()
        assert [one.number for one in given.order_by("number")] == list(range(1, given.count() + 1))
        assert all(one.text in str(signed.frozen) for one in given)
