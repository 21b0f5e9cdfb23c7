"""How the centre keeps official pages, speaks with the press, publishes acts and open data."""

from otklik.channels.looking import Sight
from otklik.channels.services import channel_of_kind, make_outgoing, mark_placed
from otklik.charter.selectors import charter_of
from otklik.outreach import services
from otklik.outreach.rules import LAW_MARKS
from otklik.reports.open_data.services import open_ready
from otklik.reports.open_data.sets import READY
from tests.charter.centre import Centre
from tests.charter.told.tale import carries


@carries("PUBLISH", borovichi=("BOR-ACT-4",), demyansk=("DEM-ACT-5", "DEM-ACT-5.1"), lovozero=("LOV-ACT-4",))
def the_act_is_published(centre: Centre) -> None:
    """Where the act stands is written down with its proof."""
    act = next(iter(charter_of(centre.whose).acts))
    by = centre.who("outreach.publish")
    for kind, url, issue in (("site", "https://adm.example/act", ""), ("bulletin", "", "7")):
        words = services.PublicationWords(
            "Положение", kind, centre.today, "издание", url, issue, f"act:{act}"
        )
        services.publish(centre.whose, words, by, centre.now)


@carries("PUBLISH", demyansk=("DEM-2.2.11", "DEM-2.2.11.1"), bogotol=("BOG-I.2.6", "BOG-III.4.6.2"))
def a_page_is_kept_looked_at_and_compared_with_the_law(centre: Centre) -> None:
    """A page with its responsible post; the look of the day; the check list filled in by a person."""
    by = centre.who("outreach.publish")
    words = services.PageWords(
        "Администрация",
        "vk",
        "https://vk.com/club1",
        "Администрация",
        responsible_post=centre.posts[0][0],
        act="распоряжение № 1",
        in_publics_system=True,
    )
    page = services.add_page(centre.whose, words, by, centre.now)
    services.keep_check(page, Sight(True, posts_in_week=4), centre.now)
    services.note_law_check(page, dict.fromkeys(LAW_MARKS, "yes"), {}, by, centre.now)


@carries("PUBLISH", demyansk=("DEM-1.1.2",), mikhaylovka=("MIH-1.3.2",), bogotol=("BOG-II.1.2",))
def an_answer_stands_under_a_post(centre: Centre) -> None:
    """What left to a network stands in the journal of dialogue with its link."""
    channel = channel_of_kind(centre.whose, "vk")
    row = make_outgoing(
        channel, "answer", "2026-1", "", "", "Яму заделали.", "told", way="comment", now=centre.now
    )
    mark_placed(row, "https://vk.com/wall-1_1?reply=2", centre.who("outreach.publish"), centre.now)


@carries("PUBLISH", mikhaylovka=("MIH-4.1.4.2",), bogotol=("BOG-III.4.6.1.1", "BOG-III.5.5"))
def the_press_is_spoken_with(centre: Centre) -> None:
    """An outlet asks, the promised answer is given, a release agreed to by another goes out."""
    by = centre.who("outreach.publish")
    words = services.OutletWords("Газета", "local_media", mail="desk@gazeta.example", takes_releases=True)
    outlet = services.add_outlet(centre.whose, words, by, centre.now)
    told = services.TalkWords("call", "theirs", "спросили о мосте", centre.now, answer_due_on=centre.today)
    services.answer_talk(services.note_talk(outlet, told, by, centre.now), "назвали день", by, centre.now)
    release = services.write_release(
        centre.whose, services.ReleaseWords("Мост откроют", "В пятницу."), by, centre.now
    )
    chief = centre.who("outreach.approve", but=by)
    services.approve_release(services.ask_approval(release, by), chief, centre.now)
    services.send_release(release, [outlet], by, centre.now)


@carries("PUBLISH", demyansk=("DEM-2.2.13",))
def figures_stand_open_to_everybody(centre: Centre) -> None:
    """A set of open data is opened with its passport and its first issue."""
    ready = READY["terms"]
    passport = services.Passport(ready.title, ready.description, ready.keywords)
    open_ready(centre.whose, "terms", passport, centre.who("outreach.publish"), centre.now, centre.today)
