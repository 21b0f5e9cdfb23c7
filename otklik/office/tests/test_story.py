"""A meeting from its convening to errands on control, through the services."""

from datetime import timedelta

import pytest

from otklik.accounts.models import Absence, Notice, Role
from otklik.accounts.selectors import rights_of
from otklik.audit.models import JournalEntry
from otklik.channels.files import path_of
from otklik.channels.models import Channel, Outgoing
from otklik.common.errors import Refused
from otklik.office import services
from otklik.office.errands.models import Errand
from otklik.office.forget import erase_old
from otklik.office.models import Meeting
from otklik.office.offers import Figure, Offer
from otklik.office.protocol import protocol_of
from otklik.office.services import Call, Conflict, DecisionText, Guest
from otklik.office.tests.people import NOW, SOON, Centre, build_centre
from otklik.office.waiting import meetings_waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre() -> Centre:
    return build_centre()


def test_it_turns_a_decision_into_an_errand_and_sends_the_extract(centre: Centre) -> None:
    meeting = services.send(centre.signed(), centre.head, NOW)
    errand = Errand.objects.get(kind="protocol")
    assert (errand.post, errand.controller, errand.text) == (
        centre.post,
        centre.control,
        "заменить три светильника у школы № 2",
    )
    assert errand.source_words == f"протокол № {meeting.number}, п. 1.1"
    sent = meeting.dispatches.get()
    assert sent.post == centre.post and sent.numbers == ["1.1"]
    assert meeting.state == "sent" and protocol_of(meeting).questions[0].lines[0].text.startswith(
        "Поручить специалисту подразделения ЖКХ заменить три светильника"
    )
    codes = set(JournalEntry.objects.values_list("code", flat=True))
    assert {"office.convened", "office.started", "office.signed", "office.sent", "errands.given"} <= codes


def test_it_mails_an_extract_with_only_the_lines_of_the_post(centre: Centre) -> None:
    executor = centre.holder("executor", "housing_specialist")
    meeting, item = centre.running()
    centre.decided(item)
    centre.decided(item, post=centre.control, control=None, what="направить акт обследования")
    meeting = services.sign(services.finish(meeting, centre.head, NOW), centre.curator, NOW)
    services.send(meeting, centre.head, NOW)
    letter = Outgoing.objects.get(kind="protocol", recipient=executor.email)
    assert "заменить три светильника" in letter.body and "направить акт" not in letter.body
    assert Notice.objects.filter(user=executor, text__contains="1.1").exists()


def test_it_keeps_both_texts_when_two_write_at_once(centre: Centre) -> None:
    _, item = centre.running()
    services.write(item, "heard", "За 60 дней 14 сообщений.", 0, centre.head, NOW)
    with pytest.raises(Conflict) as conflict:
        services.write(item, "heard", "Сообщений четырнадцать.", 0, centre.curator, NOW)
    assert conflict.value.current == {"text": "За 60 дней 14 сообщений."}
    services.write(item, "spoke", "О переходе на Заводской.", 0, centre.curator, NOW)
    mine = services.write(
        item, "heard", "Сообщений четырнадцать.", conflict.value.version, centre.curator, NOW
    )
    assert (mine.heard, mine.spoke, mine.heard_version) == (
        "Сообщений четырнадцать.",
        "О переходе на Заводской.",
        2,
    )


def test_it_gives_a_newer_decision_back_whole(centre: Centre) -> None:
    _, item = centre.running()
    decision = centre.decided(item)
    text = DecisionText(post=centre.post, what="заменить четыре светильника", due=decision.due)
    services.save_decision(decision, text, 1, centre.head, NOW)
    with pytest.raises(Conflict) as conflict:
        services.save_decision(decision, DecisionText(what="проверить свет"), 1, centre.curator, NOW)
    assert conflict.value.current["text"] == "заменить четыре светильника"
    assert conflict.value.current["due"] == text.due.isoformat() if text.due else False


def test_it_refuses_to_sign_a_line_without_a_date_and_names_it(centre: Centre) -> None:
    meeting, item = centre.running()
    centre.decided(item, due=None)
    meeting = services.finish(meeting, centre.head, NOW)
    with pytest.raises(Refused, match=r"Решение 1\.1 без срока"):
        services.sign(meeting, centre.curator, NOW)
    assert not Errand.objects.exists()


def test_it_lets_the_deputy_lead_and_sign_with_the_ground_on_paper(centre: Centre) -> None:
    meeting = centre.convened()
    item = services.add_question(meeting, "Освещение у школ", "", "", centre.head, NOW)
    # A charter may let the deputy lead and give him no errands of his own.
    Role.objects.filter(key="head").update(permissions=["office.attend", "office.organise"])
    with pytest.raises(Refused, match="почему председателя нет"):
        services.start(meeting, "", centre.head, NOW)
    meeting = services.start(meeting, "отпуск до 24.12.2026", centre.head, NOW)
    centre.decided(item)
    meeting = services.finish(meeting, centre.head, NOW)
    rights = rights_of(centre.head, centre.town.municipality)
    waits = meetings_waiting(centre.head, centre.town.municipality, rights, NOW)
    assert [(one.meeting, one.what) for one in waits] == [(meeting, "sign")]
    meeting = services.sign(meeting, centre.head, NOW)
    assert Errand.objects.get().given_by == centre.head
    paper = protocol_of(meeting)
    assert "Куратор МЦУ" in paper.chair_for and "отпуск до 24.12.2026" in paper.chair_for
    assert "исполняет обязанности" in paper.signature[1]


def test_it_takes_the_ground_from_a_recorded_absence(centre: Centre) -> None:
    meeting = centre.convened()
    services.add_question(meeting, "Освещение у школ", "", "", centre.head, NOW)
    until = NOW.date() + timedelta(days=9)
    centre.curator.holdings.update(until=until + timedelta(days=3650))
    Absence.objects.create(
        municipality=centre.town.municipality, user=centre.curator, substitute=centre.head,
        since=NOW.date() - timedelta(days=1), until=until, reason="отпуск",
    )  # fmt: skip
    meeting = services.start(meeting, "", centre.head, NOW)
    assert meeting.chair_ground == f"отсутствует по {until:%d.%m.%Y}"


def test_it_lets_no_member_lead_or_sign(centre: Centre) -> None:
    meeting, _ = centre.running()
    with pytest.raises(Refused, match="Протокол ведёт"):
        services.finish(meeting, centre.member, NOW)
    with pytest.raises(Refused, match="проводит заседание"):
        services.sign(services.finish(meeting, centre.head, NOW), centre.member, NOW)


def test_a_signed_protocol_changes_no_more(centre: Centre) -> None:
    meeting = centre.signed()
    item = meeting.items.get()
    with pytest.raises(Refused, match="в другом состоянии"):
        services.write(item, "heard", "Другое.", 0, centre.head, NOW)
    before = protocol_of(meeting)
    Meeting.objects.filter(pk=meeting.pk).update(place="другое место")
    assert protocol_of(Meeting.objects.get(pk=meeting.pk)) == before
    Meeting.objects.filter(pk=meeting.pk).update(frozen={**(meeting.frozen or {}), "place": "подлог"})
    with pytest.raises(ValueError, match="not what was signed"):
        protocol_of(Meeting.objects.get(pk=meeting.pk))


def test_it_gathers_opinions_in_absentia_until_the_moment_named(centre: Centre) -> None:
    until = SOON + timedelta(days=2)
    meeting = centre.convened("in_absentia", until)
    item = services.add_question(meeting, "План на квартал", "", "", centre.head, NOW)
    meeting = services.start(meeting, "", centre.curator, NOW)
    services.give_opinion(item, "for", "", centre.member, NOW)
    services.give_opinion(item, "against", "Нет денег в бюджете.", centre.member, NOW)
    with pytest.raises(Refused, match="ответили 1 из 3"):
        services.finish(meeting, centre.head, NOW)
    with pytest.raises(Refused, match="мнения не собирают"):
        services.give_opinion(item, "for", "", centre.head, until + timedelta(minutes=1))
    services.add_decision(item, DecisionText("noted"), centre.head, NOW)
    meeting = services.finish(meeting, centre.head, until + timedelta(minutes=1))
    paper = protocol_of(services.sign(meeting, centre.curator, until + timedelta(minutes=1)))
    assert paper.questions[0].votes == "за 0, против 1, воздержались 0"
    assert paper.questions[0].opinions[0].endswith("Нет денег в бюджете.")
    assert paper.quorum == "Правило кворума не задано Положением."


def test_it_invites_by_letter_with_a_calendar_that_follows_a_move(centre: Centre) -> None:
    meeting = centre.convened()
    guest = Guest("expert", "директор школы № 2", "школа № 2", "school@town.example", True)
    services.invite_guest(meeting, guest, centre.head, NOW)
    meeting = services.invite(meeting, centre.head, NOW)
    letters = Outgoing.objects.filter(kind="invitation")
    assert (
        letters.count() == 4
        and Notice.objects.filter(user=centre.member, text__contains="приглашают").exists()
    )
    assert [one.name for one in letters[0].files.all()] == ["priglashenie.ics"]
    moved = Call("in_person", meeting.reason, SOON + timedelta(days=1), meeting.place)
    meeting = services.change(meeting, moved, centre.head, NOW)
    assert b"SEQUENCE:1" in services.calendar_of(meeting, NOW)
    services.invite(meeting, centre.head, NOW)
    assert Outgoing.objects.filter(kind="invitation").count() == 8


def test_it_tells_the_invited_that_they_need_not_come(centre: Centre) -> None:
    meeting = centre.convened()
    guest = Guest("expert", "директор школы № 2", "школа № 2", "school@town.example", True)
    invited = services.invite_guest(meeting, guest, centre.head, NOW)
    services.drop_guest(meeting, services.invite_guest(meeting, guest, centre.head, NOW), centre.head, NOW)
    assert not Outgoing.objects.exists()
    meeting = services.invite(meeting, centre.head, NOW)
    invited.refresh_from_db()
    services.drop_guest(meeting, invited, centre.head, NOW)
    services.pick_members(meeting, [centre.curator.pk, centre.head.pk], centre.head, NOW)
    taken_back = Outgoing.objects.filter(subject__startswith="Отмена приглашения").order_by("pk")
    assert [one.recipient for one in taken_back] == ["school@town.example", "pos_officer@town.example"]
    assert Notice.objects.filter(user=centre.member, text__contains="Приглашение снято").count() == 1
    services.cancel(meeting, "нет докладчика", centre.head, NOW)
    assert taken_back.all().count() == 4
    last = taken_back.all()[3]
    assert "нет докладчика" in last.body
    paper = path_of(last.files.get()).read_bytes()
    assert b"METHOD:CANCEL" in paper and b"STATUS:CANCELLED" in paper and b"SEQUENCE:3" in paper
    assert f"UID:meeting-bogotol-{meeting.pk}@".encode() in paper
    assert not Notice.objects.filter(user=centre.member, text__contains="нет докладчика").exists()


def test_it_tells_the_chat_of_colleagues_once_for_each_time(centre: Centre) -> None:
    Channel.objects.filter(municipality=centre.town.municipality, key="pos").update(
        kind="telegram", settings={"inner_chat": "-100500"}
    )
    meeting = services.invite(centre.convened(), centre.head, NOW)
    services.invite(meeting, centre.head, NOW)
    said = Outgoing.objects.filter(kind="alert_notice").order_by("pk")
    assert [(one.recipient, one.channel.key) for one in said] == [("-100500", "pos")]
    assert "рост жалоб на освещение" in said[0].body and "вложении" not in said[0].body
    moved = Call("in_person", meeting.reason, SOON + timedelta(days=1), meeting.place)
    services.invite(services.change(meeting, moved, centre.head, NOW), centre.head, NOW)
    services.cancel(meeting, "нет докладчика", centre.head, NOW)
    assert [one.subject.split(":")[0] for one in said.all()] == ["Приглашение", "Приглашение", "Отмена"]
    other = services.cancel(centre.convened(), "не понадобилось", centre.head, NOW)
    assert (other.state, said.all().count()) == ("cancelled", 3)


def test_a_moved_meeting_must_be_told_of_anew(centre: Centre) -> None:
    meeting = services.invite(centre.convened(), centre.head, NOW)
    moved = Call("in_person", meeting.reason, SOON + timedelta(days=1), meeting.place)
    meeting = services.change(meeting, moved, centre.head, NOW)
    assert (meeting.state, meeting.invited_at) == ("planned", NOW)
    meeting = services.invite(meeting, centre.head, NOW)
    services.add_question(meeting, "Освещение у школ", "", "", centre.head, NOW)
    meeting.refresh_from_db()
    assert meeting.state == "invited"


def test_it_keeps_no_mailbox_without_consent(centre: Centre) -> None:
    guest = Guest("expert", "директор школы № 2", "школа № 2", "school@town.example")
    with pytest.raises(Refused, match="с его согласия"):
        services.invite_guest(centre.convened(), guest, centre.head, NOW)


def test_it_forgets_the_mailbox_after_the_meeting(centre: Centre) -> None:
    meeting, town = centre.convened(), centre.town.municipality
    guest = Guest("expert", "директор школы № 2", "школа № 2", "school@town.example", True)
    invited = services.invite_guest(meeting, guest, centre.head, NOW)
    assert erase_old(town, SOON + timedelta(days=89)) == 0
    assert erase_old(town, SOON + timedelta(days=91)) == 1
    invited.refresh_from_db()
    assert (invited.email, invited.consent_on, invited.title) == ("", None, "директор школы № 2")


def test_it_takes_an_offer_once_with_its_figures(centre: Centre) -> None:
    meeting = centre.convened()
    offer = Offer(
        "late-1", "Просрочка: ЖКХ", "срок прошёл у 4 карточек", "/cases/", (Figure("Просрочено", "4"),)
    )
    item = services.take_offer(meeting, offer, centre.head)
    assert item.figures == [{"words": "Просрочено", "value": "4", "link": ""}]
    with pytest.raises(Refused, match="уже в повестке"):
        services.take_offer(meeting, offer, centre.head)


def test_it_puts_a_members_proposal_on_the_agenda(centre: Centre) -> None:
    proposal = services.propose(centre.town.municipality, "Обсудить ночные дежурства.", centre.member, NOW)
    meeting = centre.convened()
    decided = services.decide_proposal(proposal, meeting, "", centre.head, NOW)
    assert decided.item is not None and decided.item.title == "Обсудить ночные дежурства."
    with pytest.raises(Refused, match="решение уже есть"):
        services.decide_proposal(proposal, None, "поздно", centre.head, NOW)


def test_it_prepares_by_an_errand_no_later_than_the_day(centre: Centre) -> None:
    meeting = centre.convened()
    made = services.prepare(
        meeting,
        "подготовить справку по 14 карточкам",
        centre.post,
        NOW.date() + timedelta(days=3),
        centre.head,
        NOW,
    )
    assert made.errand.source_link == f"/meetings/{meeting.pk}/"
    with pytest.raises(Refused, match="не позже дня самого заседания"):
        services.prepare(meeting, "x", centre.post, SOON.date() + timedelta(days=3), centre.head, NOW)


def test_it_asks_to_agree_the_agenda_where_the_charter_names_who_agrees() -> None:
    centre = build_centre("borovichi")
    town = centre.town
    head = town.user_with("head", [], role_key="head")
    curator = town.user_with("curator", [], role_key="curator")
    meeting = services.convene(
        town.municipality, Call("in_person", "совещание у Главы", SOON), [curator.pk], head, NOW
    )
    services.add_question(meeting, "Итоги месяца", "", "", head, NOW)
    with pytest.raises(Refused, match="Сначала повестку"):
        services.invite(meeting, head, NOW)
    meeting = services.agree(meeting, curator, NOW)
    meeting = services.invite(meeting, head, NOW)
    services.add_question(meeting, "Ещё вопрос", "", "", head, NOW)
    meeting.refresh_from_db()
    assert meeting.state == "planned" and meeting.agreed_at is None
    with pytest.raises(Refused, match="По Положению этого здесь нет"):
        services.start(meeting, "", curator, NOW)


def test_it_convenes_nothing_where_the_charter_knows_no_meetings() -> None:
    centre = build_centre("lovozero")
    head = centre.town.user_with("head", [], role_key="head")
    with pytest.raises(Refused, match="не предусматривает"):
        services.convene(centre.town.municipality, Call("in_person", "х", SOON), [head.pk], head, NOW)
