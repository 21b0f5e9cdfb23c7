"""Pages from the register to the audit, media by consent, a press release by mail, publications, the dialogue."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from otklik.accounts.models import Notice, User
from otklik.accounts.selectors import rights_of
from otklik.audit.models import JournalEntry
from otklik.channels.adapters.source import Unreachable
from otklik.channels.looking import Sight
from otklik.channels.models import Outgoing
from otklik.channels.services import channel_of_kind, make_outgoing, mark_placed
from otklik.charter.evidence import evidence_for
from otklik.common.errors import Refused
from otklik.common.period import Period
from otklik.common.today import day_in
from otklik.outreach import selectors, services, watching
from otklik.outreach.dialogue import lines_of, places_of, sent_in
from otklik.outreach.forget import erase_old, shown_of
from otklik.outreach.models import MediaContact, MediaOutlet, OfficialPage, PageCheck, Publication
from otklik.outreach.rules import LAW_MARKS
from tests.fixtures.lived import back_in, made_once
from tests.town import Town, build_town

pytestmark = pytest.mark.django_db
NAME = "Администрация района"
PAGE = services.PageWords("Страница района", "vk", "https://vk.com/club1", NAME)
OUTLET = services.OutletWords(
    "Районная газета", "local_media", mail="desk@gazeta.example", takes_releases=True
)


lived = made_once(build_town)


@pytest.fixture
def town(lived: Town) -> Town:
    return back_in(lived)


@pytest.fixture
def now() -> datetime:
    return timezone.now() - timedelta(minutes=5)


@pytest.fixture
def keeper(town: Town) -> User:
    return town.user_with("keeper", ["outreach.publish"])


@pytest.fixture
def chief(town: Town) -> User:
    return town.user_with("chief", ["outreach.approve"])


def test_a_page_is_kept_checked_and_mended(
    town: Town, keeper: User, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = services.add_page(town.municipality, PAGE, keeper, now)
    with pytest.raises(Refused, match="уже в реестре"):
        services.add_page(town.municipality, PAGE, keeper, now)
    asked: list[str] = []

    def look(url: str, *_: object) -> Sight:
        asked.append(url)
        return Sight(True, posts_in_week=5, followers=100, verified=True)

    monkeypatch.setattr(watching, "look", look)
    assert watching.check_due(town.municipality, now) == 1
    assert watching.check_due(town.municipality, now + timedelta(hours=1)) == 0
    assert asked == [PAGE.url]
    page.refresh_from_db()
    assert [one["code"] for one in page.gaps] == ["responsible", "act", "law"]
    assert Notice.objects.filter(link=f"/pages/{page.pk}/", permission="outreach.publish").count() == 1

    mended = services.PageWords(
        PAGE.title, "vk", PAGE.url, NAME, responsible_words="пресс-секретарь", act="распоряжение № 5"
    )
    services.change_page(page, mended, keeper, now)
    services.note_law_check(page, dict.fromkeys(LAW_MARKS, "yes"), {}, keeper, now)
    assert watching.check_due(town.municipality, now + timedelta(hours=2)) == 1
    page.refresh_from_db()
    assert page.gaps == []
    assert PageCheck.objects.filter(page=page).count() == 2
    assert selectors.uncovered(town.municipality) == [(NAME, "ok")]

    today = day_in(town.municipality, now)
    proof = evidence_for("outreach.pages", town.municipality, Period(today - timedelta(days=3), today))
    assert proof is not None
    assert proof.count == 1

    services.close_page(page, "страницу объединили с другой", keeper, now)
    assert watching.check_due(town.municipality, now + timedelta(days=9)) == 0
    with pytest.raises(Refused, match="закрыта"):
        services.ask_check(page, keeper)


def test_a_check_list_asks_for_words_where_the_answer_is_no(town: Town, keeper: User, now: datetime) -> None:
    page = services.add_page(town.municipality, PAGE, keeper, now)
    marks = {**dict.fromkeys(LAW_MARKS, "yes"), "contacts": "no"}
    with pytest.raises(Refused, match="что исправить"):
        services.note_law_check(page, marks, {}, keeper, now)
    check = services.note_law_check(page, marks, {"contacts": "нет телефона"}, keeper, now)
    assert not check.passed


def test_only_the_keeper_speaks_and_no_person_is_named(town: Town, keeper: User, now: datetime) -> None:
    with pytest.raises(Refused, match="ответственный"):
        services.add_page(town.municipality, PAGE, town.boris, now)
    named = services.OutletWords(
        "Блог", "opinion_leader", organisation="Иванов Иван Иванович, 8 921 123-45-67"
    )
    with pytest.raises(Refused, match="личные данные"):
        services.add_outlet(town.municipality, named, keeper, now)


def test_ways_to_reach_a_role_stand_by_consent_and_go_with_it(
    town: Town, keeper: User, now: datetime
) -> None:
    with pytest.raises(Refused, match="по его согласию"):
        leader = services.OutletWords("Председатель совета ветеранов", "opinion_leader", phone="8 816 5")
        services.add_outlet(town.municipality, leader, keeper, now)
    outlet = services.add_outlet(
        town.municipality, services.OutletWords("Совет ветеранов", "opinion_leader"), keeper, now
    )
    contact = services.add_contact(outlet, "председатель", "бланк согласия", keeper, now, phone="8 816 51")
    told = services.TalkWords("meeting", "ours", "позвали на обсуждение", now, contact=contact)
    services.note_talk(outlet, told, keeper, now)
    services.withdraw_consent(contact, keeper, now)
    kept = MediaContact.objects.get()
    assert (kept.phone, kept.mail) == ("", "")
    assert kept.withdrawn_on is not None
    assert selectors.talks_of(town.municipality).count() == 1


def test_a_contact_nobody_uses_is_forgotten_and_one_in_use_is_not(
    town: Town, keeper: User, now: datetime
) -> None:
    outlet = services.add_outlet(town.municipality, OUTLET, keeper, now)
    old = services.add_contact(
        outlet, "редактор", "письмо", keeper, now, phone="8 816 51", mail="a@g.example"
    )
    used = services.add_contact(outlet, "корреспондент", "письмо", keeper, now, phone="8 816 52")
    later = now + timedelta(days=3 * 365 + 2)
    told = services.TalkWords("call", "theirs", "спросили о мосте", later - timedelta(days=9), contact=used)
    services.note_talk(outlet, told, keeper, later)
    assert erase_old(town.municipality, now + timedelta(days=3 * 365 - 2)) == 0
    assert erase_old(town.municipality, later) == 1
    assert erase_old(town.municipality, later) == 0
    old.refresh_from_db()
    used.refresh_from_db()
    assert shown_of(old) == {"роль": "редактор"}
    assert shown_of(used) == {"роль": "корреспондент", "телефон": "8 816 52"}
    assert JournalEntry.objects.filter(code="outreach.contact_erased").count() == 1


def test_the_own_page_of_a_leader_goes_with_the_record(town: Town, keeper: User, now: datetime) -> None:
    leader = services.OutletWords("Председатель совета", "opinion_leader", site="https://blog.example/")
    for told in (leader, services.OutletWords("Газета", "local_media", site="https://g.example/")):
        services.close_outlet(services.add_outlet(town.municipality, told, keeper, now), keeper, now)
    assert list(MediaOutlet.objects.order_by("title").values_list("site", flat=True)) == [
        "https://g.example/",
        "",
    ]


def test_a_promised_answer_to_the_media_waits_until_it_is_given(
    town: Town, keeper: User, now: datetime
) -> None:
    outlet = services.add_outlet(town.municipality, OUTLET, keeper, now)
    due = day_in(town.municipality, now) + timedelta(days=2)
    told = services.TalkWords("letter", "theirs", "спросили о ремонте моста", now, answer_due_on=due)
    talk = services.note_talk(outlet, told, keeper, now)
    assert list(selectors.waiting_talks(town.municipality)) == [talk]
    rights = rights_of(keeper, town.municipality)
    assert [one.due for one in selectors.press_waiting(keeper, rights, town.municipality)] == [due]
    services.answer_talk(talk, "отправили график работ", keeper, now)
    assert not selectors.waiting_talks(town.municipality).exists()
    with pytest.raises(Refused):
        services.answer_talk(talk, "ещё раз", keeper, now)


def test_a_release_is_approved_by_another_and_leaves_once_to_each(
    town: Town, keeper: User, chief: User, now: datetime
) -> None:
    outlet = services.add_outlet(town.municipality, OUTLET, keeper, now)
    words = services.ReleaseWords("Мост откроют в пятницу", "Движение откроют в 10:00.", "Ремонт окончен.")
    release = services.write_release(town.municipality, words, keeper, now)
    with pytest.raises(Refused, match="согласованный"):
        services.send_release(release, [outlet], keeper, now)
    services.ask_approval(release, keeper)
    waiting = selectors.press_waiting(chief, rights_of(chief, town.municipality), town.municipality)
    assert [one.title for one in waiting] == ["Мост откроют в пятницу"]
    assert not selectors.press_waiting(keeper, rights_of(keeper, town.municipality), town.municipality)
    services.return_release(release, "назовите улицу", chief)
    services.change_release(release, words, keeper)
    services.ask_approval(release, keeper)
    services.approve_release(release, chief, now)
    assert services.send_release(release, [outlet], keeper, now) == 1
    with pytest.raises(Refused, match="уже отправлен"):
        services.send_release(release, [outlet], keeper, now)
    letter = Outgoing.objects.get(kind="release")
    assert letter.recipient == OUTLET.mail
    assert "Движение откроют" in letter.body
    with pytest.raises(Refused, match="уже разослан"):
        services.withdraw_release(release, "ошибка", keeper)


def test_editors_are_told_of_a_desk_and_of_no_person(town: Town, keeper: User, now: datetime) -> None:
    desk = "отдел печати, 8 (81664) 2-34-56, press@adm.example"
    words = services.ReleaseWords("Мост", "Открыт.", contact=desk)
    assert services.write_release(town.municipality, words, keeper, now).contact == desk
    named = services.ReleaseWords("Мост", "Открыт.", contact="Иванов Иван Иванович, press@adm.example")
    with pytest.raises(Refused, match="Куда обращаться: уберите личные данные"):
        services.write_release(town.municipality, named, keeper, now)


def test_nobody_approves_his_own_release(town: Town, now: datetime) -> None:
    both = town.user_with("both", ["outreach.publish", "outreach.approve"])
    release = services.write_release(town.municipality, services.ReleaseWords("Мост", "Открыт."), both, now)
    services.ask_approval(release, both)
    with pytest.raises(Refused, match="другой человек"):
        services.approve_release(release, both, now)


def test_a_publication_needs_its_proof_and_is_kept_once(town: Town, keeper: User, now: datetime) -> None:
    today = day_in(town.municipality, now)
    bare = services.PublicationWords("О мосте", "local_media", today, "Газета")
    with pytest.raises(Refused, match="подтверждение"):
        services.publish(town.municipality, bare, keeper, now)
    said = services.PublicationWords(
        "О мосте", "local_media", today, "Газета", "https://g.example/1", about="risk:7"
    )
    first = services.publish(town.municipality, said, keeper, now)
    assert services.publish(town.municipality, said, None, now) == first
    printed = services.PublicationWords(
        "Положение", "bulletin", today, "Бюллетень", issue="12", about="act:creation"
    )
    services.publish(town.municipality, printed, keeper, now)
    acts = {key: marks for key, _, marks in selectors.act_marks(town.municipality)}
    assert [one.issue for one in acts["creation"]] == ["12"]
    with pytest.raises(Refused, match="Такого акта"):
        unknown = services.PublicationWords(
            "Положение", "bulletin", today, "Бюллетень", issue="1", about="act:none"
        )
        services.publish(town.municipality, unknown, keeper, now)
    services.strike(first, "ссылка не та", keeper, now)
    assert not selectors.publications_about(town.municipality, "risk:7").exists()
    assert Publication.objects.filter(about="risk:7").exists()


def test_publications_on_a_page_count_where_the_network_is_silent(
    town: Town, keeper: User, now: datetime
) -> None:
    page = services.add_page(town.municipality, PAGE, keeper, now)
    today = day_in(town.municipality, now)
    for number in range(3):
        said = services.PublicationWords(
            f"Запись {number}", "official_page", today, url=f"https://vk.com/wall-1_{number}", page=page
        )
        services.publish(town.municipality, said, keeper, now)
    check = services.keep_check(page, Sight(None, "не видно"), now)
    assert "activity" not in [one["code"] for one in OfficialPage.objects.get().gaps]
    assert check.posts_in_week is None


def test_the_dialogue_tells_what_left_and_nobodys_words(town: Town, keeper: User, now: datetime) -> None:
    channel = channel_of_kind(town.municipality, "vk")
    for number, (kind, way) in enumerate([("answer", "comment"), ("answer", "message"), ("post", "page")]):
        row = make_outgoing(channel, kind, "2026-5", "", "", "Тайный текст", f"k{number}", way=way, now=now)
        mark_placed(row, f"https://vk.com/wall-1_{number}", keeper, now)
    make_outgoing(channel, "answer", "2026-6", "", "", "Ещё не ушло", "k9", now=now)
    today = day_in(town.municipality, now)
    period = Period(today - timedelta(days=1), today)
    assert [(one.public, one.private, one.posts) for one in places_of(town.municipality, period)] == [
        (1, 1, 1)
    ]
    lines = lines_of(sent_in(town.municipality, period).select_related("channel").order_by("pk"))
    assert [one.what for one in lines] == ["ответ под записью", "ответ автору лично", "запись на странице"]
    assert "Тайный" not in str(lines)


def test_a_silence_is_a_gap_when_it_is_met_twice(
    town: Town, keeper: User, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once it may be our own line."""
    services.add_page(town.municipality, PAGE, keeper, now)

    def shut(url: str, limit: int = 0) -> tuple[int, str]:
        raise Unreachable("Сервер vk.com не ответил вовремя.")

    monkeypatch.setattr("otklik.channels.looking.fetch_page", shut)
    assert watching.check_due(town.municipality, now) == 1
    first = PageCheck.objects.get()
    assert (first.answers, first.findings[0]["state"]) == (None, "unknown")
    assert watching.check_due(town.municipality, now + timedelta(days=1)) == 1
    second = PageCheck.objects.latest("at")
    assert second.findings[0]["state"] == "gap"
    assert second.findings[0]["words"] == "Сервер vk.com не ответил вовремя."


def test_every_deed_is_in_the_journal(town: Town, keeper: User, now: datetime) -> None:
    page = services.add_page(town.municipality, PAGE, keeper, now)
    services.close_page(page, "дубль", keeper, now)
    codes = JournalEntry.objects.filter(code__startswith="outreach.").values_list("code", flat=True)
    assert {"outreach.page_added", "outreach.page_closed"} <= set(codes)
