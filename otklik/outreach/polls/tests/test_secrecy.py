"""The ballot is secret: by the shape of the tables and by what stands in them (docs/decisions)."""

import re

import pytest
from django.db import connection

from otklik.outreach.polls import services
from otklik.outreach.polls.models import Admission, Ballot, Choice, Envelope, Poll
from otklik.outreach.polls.tasks import stir
from otklik.outreach.polls.tests.cast import AFTER, NOW, OPTIONS, Cast, vote
from tests.fixtures.lived import made_once
from tests.town import Town

VOTERS = ("polls_admission", "polls_codesent", "polls_pulse")
VOTES = ("polls_envelope", "polls_ballot", "polls_choice")
# Every row of a poll names its poll and its municipality: they join a voter to all votes of the poll at once.
COMMON = {"poll_id", "municipality_id"}


def columns(table: str) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name, data_type FROM information_schema.columns"
            " WHERE table_schema = 'public' AND table_name = %s",
            [table],
        )
        return {str(name): str(kind) for name, kind in cursor.fetchall()}


def references() -> dict[str, set[str]]:
    """Table -> tables its columns refer to."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint WHERE contype = 'f'"
        )
        found: dict[str, set[str]] = {}
        for table, other in cursor.fetchall():
            found.setdefault(str(table), set()).add(str(other))
        return found


def test_no_table_refers_to_a_voter_and_to_a_vote(db: None) -> None:
    known = references()
    assert {"polls_admission", "polls_ballot"} <= known.keys(), "the tables are there to be looked at"
    for table, others in known.items():
        reached = {table} | others
        assert not (reached & set(VOTERS) and reached & set(VOTES)), table
    whole = {"common_municipality", "polls_poll", "polls_question", "polls_option"}
    for table in VOTERS + VOTES:
        assert known[table] <= whole | set(VOTES), (table, known[table])


def test_voters_and_votes_have_no_column_in_common_but_the_poll(db: None) -> None:
    for voters in VOTERS:
        for votes in VOTES:
            same = columns(voters).keys() & columns(votes).keys()
            assert same - COMMON <= {"id"}, (voters, votes, same)
    assert columns("polls_pulse")["id"] == "bigint"
    assert all(columns(table)["id"] == "uuid" for table in VOTES)


def test_no_moment_ties_a_vote_to_a_voter(db: None) -> None:
    for table in (*VOTES, "polls_admission", "polls_pulse"):
        moments = {name for name, kind in columns(table).items() if "time" in kind}
        assert not moments, (table, moments)
    assert {name for name, kind in columns("polls_admission").items() if kind == "date"} == {"on"}
    assert not any(kind == "date" for table in VOTES for kind in columns(table).values())


def test_keys_of_voters_and_votes_are_given_by_no_counter(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = ANY(%s)"
            " AND (is_identity = 'YES' OR column_default LIKE 'nextval%%')",
            [["polls_admission", *VOTES]],
        )
        assert cursor.fetchall() == []


def rows_of(table: str) -> list[tuple[str, int, str]]:
    """(the whole row as text, its transaction, its place) in the order they lie on the disk."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT t::text, xmin::text::bigint, ctid::text FROM {table} t ORDER BY ctid")
        return [(str(text), int(xmin), str(place)) for text, xmin, place in cursor.fetchall()]


def town_that_voted() -> Town:
    """A closed poll of ninety voters; every third chose alike, so that any order of voting would show."""
    cast = Cast()
    poll = cast.running()
    for number in range(90):
        vote(poll, f"device:{number}", OPTIONS[number % 3], network="10.0.0.1")
        if number == 44:
            services.mix(poll)
    services.close(poll, None, AFTER)
    return cast.town


lived = made_once(town_that_voted)


@pytest.fixture
def counted(cast: Cast) -> Poll:
    return Poll.objects.get(municipality=cast.town.municipality, state="closed")


def test_values_of_voters_stand_in_no_row_of_votes(counted: Poll) -> None:
    marks = [mark.hex for mark in Admission.objects.filter(poll=counted).values_list("mark", flat=True)]
    assert len(marks) == 90
    votes = "".join(text for table in VOTES for text, _, _ in rows_of(table)).replace("-", "")
    assert not any(mark in votes for mark in marks)
    voters = "".join(text for text, _, _ in rows_of("polls_admission")).replace("-", "")
    kept = [value for row in Ballot.objects.values_list("id", "receipt_hash") for value in row]
    assert not any(str(value).replace("-", "") in voters for value in kept)


def test_ballots_lie_in_an_order_that_tells_nothing(counted: Poll) -> None:
    """Of ninety votes cast in turn 1, 2, 3, 1, 2, 3 hardly any stands where it was cast."""
    chosen = dict(Choice.objects.values_list("ballot_id", "option__text"))
    texts = [text for text, _, _ in rows_of("polls_ballot")]
    in_order = []
    for text in texts:
        found = re.search(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", text)
        assert found
        in_order.append(next(option for key, option in chosen.items() if str(key) == found[0]))
    places = sum(option == OPTIONS[number % 3] for number, option in enumerate(in_order))
    # Chance alone leaves thirty of ninety; sixty would be one run in ten thousand million.
    assert places < 60
    transactions = {xmin for table in ("polls_ballot", "polls_choice") for _, xmin, _ in rows_of(table)}
    assert len(transactions) == 1, "all ballots are written at once"


def test_a_mixed_box_lies_in_another_order(cast: Cast) -> None:
    poll = cast.running()
    before = [vote(poll, f"device:{number}", OPTIONS[0]) for number in range(40)]
    assert services.mix(poll) == 40
    kept = [text for text, _, _ in rows_of("polls_envelope")]
    after = [next(one for one in before if one in text) for text in kept]
    assert sorted(after) == sorted(before)
    assert after != before, "one chance in forty factorial"
    still = sum(one == other for one, other in zip(before, after, strict=True))
    assert still < 20


def test_the_timer_mixes_every_running_box_and_opens_none(cast: Cast) -> None:
    polls = [cast.running(), cast.running()]
    kept = [vote(poll, "device:1", OPTIONS[0]) for poll in polls]
    keys = set(Envelope.objects.values_list("pk", flat=True))
    assert stir() == 2
    assert not keys & set(Envelope.objects.values_list("pk", flat=True))
    assert set(Envelope.objects.values_list("receipt_hash", flat=True)) == set(kept)
    assert not Ballot.objects.filter(poll__in=polls).exists()


def test_a_shut_box_shows_nothing_and_looks_alike(cast: Cast) -> None:
    poll = cast.running()
    vote(poll, "device:1", OPTIONS[0])
    vote(poll, "device:2", OPTIONS[2], ("Света", "Скамеек"), "5")
    sealed = list(Envelope.objects.filter(poll=poll).values_list("sealed", flat=True))
    assert len({len(one) for one in sealed}) == 1
    assert not Ballot.objects.filter(poll=poll).exists()


def test_nothing_is_left_to_tell_who_took_part_once_it_is_summed_up(cast: Cast, counted: Poll) -> None:
    for sign in counted.signs.all():
        services.look_at(sign, "класс информатики голосовал со школьной сети", cast.head, AFTER)
    services.sum_up(counted, "Выбрали сквер у школы.", cast.head, AFTER)
    counted.refresh_from_db()
    assert counted.voter_key == ""
    assert not counted.pulses.filter(kind="network").exists()
    assert not Envelope.objects.filter(poll=counted).exists()


def test_two_supports_of_one_person_cannot_be_told_to_be_of_one(cast: Cast) -> None:
    poll = cast.running(form="discussion", questions=())
    for number in (1, 2):
        said = services.ProposalText(f"Предложение {number}", "Поставить лавки у школы", f"hash-{number}")
        made = services.show_proposal(services.propose(poll, said, NOW), cast.head, NOW)
        assert services.support(made, "device:1", NOW)
        assert not services.support(made, "device:1", NOW)
    marks = Admission.objects.filter(kind="support").values_list("mark", flat=True)
    assert len(set(marks)) == 2
    assert columns("polls_admission").keys() & columns("polls_proposal").keys() == COMMON
