"""A score is taken once, a bad one opens a check, exports bring outer scores."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from otklik.accounts.models import Notice
from otklik.cases.models import Answer, Case
from otklik.channels.models import Outgoing
from otklik.charter.services import change_parameter
from otklik.common.errors import Refused
from otklik.satisfaction.forget import erase_old, shown_of
from otklik.satisfaction.models import Invitation, Recheck, Score
from otklik.satisfaction.rules import hash_of, known_reasons, municipality_id_of
from otklik.satisfaction.selectors import mean_of, open_rechecks, scores_of, to_be_asked, was_rated
from otklik.satisfaction.services import close_recheck, invite, take_outer_score, take_score
from otklik.satisfaction.tasks import ask_after_answer, take_outer_scores
from tests.town import Town, build_town

NOW = datetime.fromisoformat("2026-10-20T09:00:00+03:00")
TEXT = "На улице Гагарина у дома 12 не горит фонарь. Когда починят?"


def answered(town: Town, at: datetime = NOW, email: str = "anna@example.org") -> Case:
    """A case whose answer has left; the way there is told in the walk."""
    case = town.case(TEXT, now=at, email=email)
    Case.objects.filter(pk=case.pk).update(state="closed", answered_at=at, closed_at=at)
    case.refresh_from_db()
    return case


@pytest.mark.django_db
def test_it_keeps_only_the_hash_and_names_the_municipality_in_the_token() -> None:
    town = build_town()
    token = invite(answered(town), NOW)
    assert Invitation.objects.get().token_hash == hash_of(token)
    assert municipality_id_of(token) == town.municipality.pk
    assert token in Outgoing.objects.get(kind="rate").body


@pytest.mark.django_db
def test_it_takes_a_score_once() -> None:
    town = build_town()
    case = answered(town)
    token = invite(case, NOW)
    score = take_score(token, 4, ["slow", "bribe"], "  долго ждали ", NOW)
    assert (score.score, score.reasons, score.words) == (4, ["slow"], "долго ждали")
    assert was_rated(case)
    with pytest.raises(Refused, match="уже принята"):
        take_score(token, 1, [], "", NOW)
    case.refresh_from_db()
    assert case.score == 4
    assert mean_of(scores_of(case)) == (4, 1, 1)
    assert not Recheck.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(("token", "score"), [("7-нет", 5), ("", 5)])
def test_it_refuses_a_strange_token(token: str, score: int) -> None:
    build_town()
    with pytest.raises(Refused, match="неполная"):
        take_score(token, score, [], "", NOW)


@pytest.mark.django_db
@pytest.mark.parametrize("score", [0, 6, -1])
def test_it_refuses_a_score_off_the_scale_and_leaves_the_link_alive(score: int) -> None:
    token = invite(answered(build_town()), NOW)
    with pytest.raises(Refused, match="от 1 до 5"):
        take_score(token, score, [], "", NOW)
    assert take_score(token, 5, [], "", NOW).score == 5


@pytest.mark.django_db
def test_a_bad_score_opens_a_check_and_tells_those_who_check() -> None:
    town = build_town()
    case = answered(town)
    take_score(invite(case, NOW), 2, ["not_done"], "", NOW)
    recheck = open_rechecks(town.municipality).get()
    assert Notice.objects.filter(permission="quality.check", text__contains=case.number).exists()
    case.refresh_from_db()
    assert case.state == "closed"
    with pytest.raises(Refused, match="итог"):
        close_recheck(recheck, "", "всё в порядке", town.vera, NOW)
    with pytest.raises(Refused, match="что увидели"):
        close_recheck(recheck, "right", " ", town.vera, NOW)
    close_recheck(recheck, "right", "в ответе всё сказано, фото есть", town.vera, NOW)
    recheck.refresh_from_db()
    assert (recheck.result, recheck.closed_at) == ("right", NOW)
    case.refresh_from_db()
    assert case.state == "closed"
    assert not open_rechecks(town.municipality)
    with pytest.raises(Refused, match="уже закончена"):
        close_recheck(recheck, "right", "ещё раз", town.vera, NOW)


@pytest.mark.django_db
def test_a_check_that_finds_a_bad_answer_opens_the_case_again() -> None:
    town = build_town()
    case = answered(town)
    take_score(invite(case, NOW), 1, ["not_true"], "", NOW)
    close_recheck(open_rechecks(town.municipality).get(), "reopened", "фонарь не горит", town.vera, NOW)
    case.refresh_from_db()
    assert case.state in ("assigned", "registered")
    assert list(case.moves.values_list("deed", flat=True)[:2]) == ["reopen", "recheck"]


@pytest.mark.django_db
def test_nobody_checks_an_answer_of_the_own_hand() -> None:
    town = build_town()
    case = answered(town)
    Answer.objects.create(
        municipality=town.municipality,
        case=case,
        version=1,
        kind="solved",
        text="Починили.",
        state="sent",
        author=town.vera,
        signed_at=NOW,
    )
    take_score(invite(case, NOW), 2, [], "", NOW)
    with pytest.raises(Refused, match="другой сотрудник"):
        close_recheck(open_rechecks(town.municipality).get(), "right", "верно", town.vera, NOW)


@pytest.mark.django_db
def test_a_bad_score_reopens_the_case_where_the_charter_says_so() -> None:
    town = build_town()
    change_parameter(town.municipality, "pos.bad_score_reopens", True, "протокол № 4", town.vera, NOW.date())
    case = answered(town)
    take_score(invite(case, NOW), 1, [], "", NOW)
    case.refresh_from_db()
    assert case.state in ("assigned", "registered")
    assert case.moves.filter(deed="reopen").exists()


@pytest.mark.django_db
def test_an_outer_score_is_taken_once_and_a_changed_one_again() -> None:
    town = build_town()
    case = answered(town)
    assert take_outer_score(case, 5, NOW) is not None
    assert take_outer_score(case, 5, NOW) is None
    assert take_outer_score(case, 2, NOW + timedelta(days=1)) is not None
    assert Score.objects.filter(case=case, source="outer").count() == 2
    assert Recheck.objects.filter(case=case).count() == 1


@pytest.mark.django_db
def test_timers_ask_and_take_once_however_often_they_run() -> None:
    town = build_town()
    case = answered(town, timezone.now() - timedelta(hours=1))
    answered(town, timezone.now() - timedelta(hours=1), email="")
    outer = answered(town, timezone.now() - timedelta(days=90))
    Case.objects.filter(pk=outer.pk).update(score=3)
    assert list(to_be_asked(town.municipality, timezone.now())) == [case]
    assert (ask_after_answer(), ask_after_answer()) == (1, 0)
    assert (take_outer_scores(), take_outer_scores()) == (1, 0)


@pytest.mark.django_db
def test_it_erases_old_words_and_keeps_the_score() -> None:
    town = build_town()
    case = answered(town)
    take_score(invite(case, NOW), 5, [], "спасибо от соседей", NOW)
    assert shown_of(case) == {"слова к оценке 5": "спасибо от соседей"}
    assert erase_old(town.municipality, NOW + timedelta(days=366 * 5)) == 1
    assert Score.objects.get().words == ""


def test_it_keeps_known_reasons_in_order() -> None:
    assert known_reasons(["slow", "x", "no_answer", "slow"]) == ["no_answer", "slow"]
