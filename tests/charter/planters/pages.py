"""Official pages, their check lists, contacts with media, publications of acts, open data."""

from otklik.channels.looking import Sight
from otklik.channels.services import channel_of_kind, make_outgoing, mark_placed
from otklik.charter.selectors import charter_of
from otklik.outreach import services
from otklik.outreach.models import OfficialPage
from otklik.outreach.rules import LAW_MARKS
from tests.charter.planters.ground import Ground, plants


def a_page(ground: Ground) -> OfficialPage:
    said = services.PageWords(
        "Администрация округа",
        "vk",
        "https://vk.com/club1",
        "Администрация округа",
        responsible_post=ground.posts[0],
        act="распоряжение № 1",
    )
    return services.add_page(ground.whose, said, ground.by, ground.now)


@plants("outreach.pages")
def a_page_looked_at(ground: Ground) -> None:
    services.keep_check(a_page(ground), Sight(True, posts_in_week=5), ground.now)


@plants("outreach.law_checks")
def a_check_list(ground: Ground) -> None:
    services.note_law_check(a_page(ground), dict.fromkeys(LAW_MARKS, "yes"), {}, ground.by, ground.now)


@plants("outreach.media_contacts")
def a_contact_with_a_paper(ground: Ground) -> None:
    words = services.OutletWords("Районная газета", "local_media")
    outlet = services.add_outlet(ground.whose, words, ground.by, ground.now)
    talk = services.TalkWords("call", "ours", "рассказали о ремонте дороги", ground.now)
    services.note_talk(outlet, talk, ground.by, ground.now)


@plants("charter.publication")
def a_mark_of_publication(ground: Ground) -> None:
    act = next(iter(charter_of(ground.whose).acts))
    said = services.PublicationWords(
        "Положение о центре",
        "site",
        ground.today,
        outlet="официальный сайт",
        url="https://adm.example/1",
        about=f"act:{act}",
    )
    services.publish(ground.whose, said, ground.by, ground.now)


@plants("outreach.open_statistics")
def an_issue_of_open_data(ground: Ground) -> None:
    passport = services.Passport("Обращения по темам", "Сколько обращений пришло по темам за месяц.")
    dataset = services.open_dataset(ground.whose, "topics", passport, ground.by, ground.now)
    issue = services.Issue(ground.today, ground.today, [("topic", "тема", "строка")], "topic\nдороги\n", 1)
    services.issue_dataset(dataset, issue, "первый выпуск", ground.now)


@plants("outreach.dialogue")
def an_answer_under_a_post(ground: Ground) -> None:
    channel = channel_of_kind(ground.whose, "vk")
    answer = make_outgoing(
        channel, "answer", "2026-1", "", "", "Яму заделали.", "planted", reply_to="wall-1_1", way="comment"
    )
    mark_placed(answer, "https://vk.com/wall-1_1?reply=2", ground.by, ground.now)
