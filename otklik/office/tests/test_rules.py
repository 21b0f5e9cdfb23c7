"""Tables of the rules: modes, quorum only where it is given, the wording of a line, days a hint offers."""

from datetime import UTC, date, datetime

import pytest

from otklik.charter.files import preset_folders, read_charter
from otklik.charter.schema.office import Meetings
from otklik.common.errors import Refused
from otklik.language.posts import dative_of, is_infinitive
from otklik.office import rules
from otklik.office.rules import Line

FULL = Meetings(mode="full")
AGENDA = Meetings(mode="agenda", agenda_approver="curator")


@pytest.mark.parametrize(
    ("meetings", "state", "deeds"),
    [
        (FULL, "planned", {"agree", "invite", "start", "cancel"}),
        (FULL, "running", {"finish"}),
        (FULL, "finished", {"sign", "reopen"}),
        (FULL, "signed", {"send"}),
        (FULL, "sent", set()),
        (AGENDA, "planned", {"agree", "hold", "cancel"}),
        (AGENDA, "agreed", {"invite", "hold", "cancel"}),
        (Meetings(mode="preparation"), "planned", {"invite", "hold", "cancel"}),
        (Meetings(mode="off"), "planned", {"cancel"}),
    ],
)
def test_a_charter_offers_what_its_mode_says(meetings: Meetings, state: str, deeds: set[str]) -> None:
    assert rules.allowed(meetings, state) == deeds


def test_no_preset_invents_a_quorum_a_notice_or_a_term() -> None:
    for key, folder in preset_folders().items():
        meetings = read_charter(folder).meetings
        given = (meetings.quorum_share, meetings.notice_days, meetings.protocol_days)
        assert given == (None, None, None), key


def test_a_quorum_stands_only_where_the_charter_gives_it() -> None:
    assert rules.quorum_of(FULL, 0, 9).words == "Правило кворума не задано Положением."
    half = Meetings(mode="full", quorum_share=0.5)
    assert rules.quorum_of(half, 5, 9).is_met and not rules.quorum_of(half, 4, 9).is_met
    with pytest.raises(Refused, match="Кворума нет: участвуют 4 из 9, по Положению нужно 5"):
        rules.check_ready([("1.1", Line("noted"))], rules.quorum_of(half, 4, 9))


def test_a_notice_is_counted_only_where_the_charter_gives_its_days() -> None:
    rules.check_notice(FULL, date(2026, 10, 20), date(2026, 10, 20))
    with pytest.raises(Refused, match=r"Приглашают за 3 дня, то есть до 17\.10\.2026"):
        rules.check_notice(Meetings(mode="full", notice_days=3), date(2026, 10, 20), date(2026, 10, 18))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (
            Line(
                "errand",
                "директору МКУ",
                "Заменить три светильника.",
                "акт",
                date(2026, 10, 24),
                "глава блока",
            ),
            "Поручить директору МКУ заменить три светильника. Результат: акт. "
            "Срок: до 24.10.2026. Контроль: глава блока.",
        ),
        (Line("errand"), "Поручить … …. Срок: до …"),
        (Line("noted"), "Информацию принять к сведению."),
        (Line("words", what="утвердить план"), "Утвердить план."),
    ],
)
def test_a_line_reads_as_a_protocol_is_written(line: Line, words: str) -> None:
    assert rules.sentence_of(line) == words


def test_it_names_what_keeps_a_line_from_being_signed() -> None:
    assert rules.missing_of(Line("errand", "директору")) == ["без дела", "без срока"]
    assert rules.missing_of(Line("noted")) == [] and rules.missing_of(Line("words")) == ["пустое решение"]


def test_a_hint_offers_fridays_ahead() -> None:
    assert rules.offered_days(date(2026, 10, 20)) == [date(2026, 10, 30), date(2026, 11, 6)]


def test_opinions_are_taken_until_the_moment_and_never_after() -> None:
    until = datetime(2026, 10, 20, 18, tzinfo=UTC)
    assert rules.opinions_open("running", until, until)
    assert not rules.opinions_open("running", until, until.replace(minute=1))
    assert not rules.opinions_open("finished", until, until.replace(hour=10))


@pytest.mark.parametrize(
    ("title", "whom"),
    [
        ("директор МКУ «Городское хозяйство»", "директору МКУ «Городское хозяйство»"),
        ("первый заместитель Главы округа", "первому заместителю Главы округа"),
        ("ответственный за работу в ПОС", "ответственному за работу в ПОС"),
        ("Глава округа", "Главе округа"),
        ("заведующий отделом образования", "заведующему отделом образования"),
    ],
)
def test_a_post_is_ordered_in_the_dative(title: str, whom: str) -> None:
    assert dative_of(title) == whom


def test_it_tells_a_verb_from_a_noun() -> None:
    assert is_infinitive("заменить") and not is_infinitive("замена")
