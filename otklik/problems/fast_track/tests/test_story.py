"""A mechanism from the flow's proposal to the measured gain, through routing and clocks."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from otklik.analytics.services import rebuild
from otklik.audit.models import JournalEntry
from otklik.cases import services as cases
from otklik.cases.models import Case, Move, Term
from otklik.cases.services.undoing import undo_last
from otklik.charter.evidence import evidence_for
from otklik.common.errors import Refused
from otklik.common.period import Period
from otklik.problems.fast_track.models import Gain, Measure, Mechanism, Proposal
from otklik.problems.fast_track.rules import STAGE_KEYS
from otklik.problems.fast_track.selectors import cases_of, is_running, measured, rules_of, stages_of
from otklik.problems.fast_track.services import (
    MechanismText,
    add_measure,
    approve,
    change,
    design,
    do_measure,
    measure_gain,
    propose,
    refuse_proposal,
    stop,
)
from otklik.routing.models import Rule
from otklik.routing.services import RuleText, change_rule
from otklik.topics.models import Topic
from tests.town import Town, build_town

pytestmark = pytest.mark.django_db
NOW = timezone.now().replace(microsecond=0)
PIT = "На улице Гагарина напротив дома 12 огромная яма на дороге, пробили колесо. Когда заделаете?"
NORMS = dict(zip(STAGE_KEYS, (1, 4, 2, 1), strict=True))
DAYS = Period((NOW - timedelta(days=400)).date(), NOW.date() + timedelta(days=1))


@pytest.fixture
def town() -> Town:
    return build_town()


def text_for(town: Town, topic: Topic, **more: object) -> MechanismText:
    values: dict[str, object] = {
        "title": "Ямы на дорогах",
        "ground": "каждую неделю пишут об одном",
        "topics": [topic],
        "body": town.bodies[1],
        "co_bodies": [town.bodies[2]],
        "stages": NORMS,
        "whole_days": 15,
    }
    return MechanismText(**{**values, **more})  # type: ignore[arg-type]


def in_force(town: Town, topic: Topic) -> Mechanism:
    made = design(town.municipality, text_for(town, topic), town.vera, NOW)
    add_measure(made, "organisational", "Единый дежурный по ямам", None, None, town.vera, NOW)
    add_measure(made, "technical", "Шаблон ответа с картой", None, None, town.vera, NOW)
    return approve(made, made.version, town.vera, NOW)


def proof_of(town: Town, key: str) -> int:
    proof = evidence_for(f"fast_track.{key}", town.municipality, DAYS)
    assert proof is not None
    return proof.count


def rule_of(mechanism: Mechanism) -> Rule:
    return Rule.objects.get(pk=rules_of(mechanism)[-1])


def topic_of(town: Town) -> Topic:
    topic = town.case(PIT, now=NOW - timedelta(days=100)).topic
    assert topic is not None
    return topic


def test_it_proposes_a_topic_that_comes_back_once(town: Town) -> None:
    for number in range(10):
        case = town.case(PIT.replace("12", str(number)), now=NOW - timedelta(days=3 + number))
        Case.objects.filter(pk=case.pk).update(is_repeat=number < 3)
    rebuild(town.municipality)
    made = propose(town.municipality, NOW)
    assert [one.figures["repeated"] for one in made] == [3]
    assert "повторных" in made[0].reason
    assert propose(town.municipality, NOW) == []
    with pytest.raises(Refused, match="почему ускорять не нужно"):
        refuse_proposal(made[0], " ", town.vera, NOW)
    refuse_proposal(made[0], "подрядчик уже найден", town.vera, NOW)
    assert propose(town.municipality, NOW) == []
    with pytest.raises(Refused, match="решение уже есть"):
        refuse_proposal(made[0], "ещё раз", town.vera, NOW)
    assert JournalEntry.objects.filter(code__startswith="fast_track.").count() == 2
    assert proof_of(town, "proposed") == 1
    Proposal.objects.all().delete()
    assert proof_of(town, "proposed") == 0


def test_it_is_designed_by_a_proposal_and_approved_with_both_kinds_of_measures(town: Town) -> None:
    topic = topic_of(town)
    proposal = Proposal.objects.create(
        municipality=town.municipality, topic=topic, since=NOW.date(), until=NOW.date(), reason="-", at=NOW
    )
    with pytest.raises(Refused, match="меньше 30"):
        design(town.municipality, text_for(town, topic, whole_days=31), town.vera, NOW)
    made = design(town.municipality, text_for(town, topic), town.vera, NOW, proposal)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.mechanism, made.number) == ("taken", made, 1)
    changed = change(made, text_for(town, topic, whole_days=12), made.version, town.vera)
    with pytest.raises(Refused, match="изменил кто-то другой"):
        change(made, text_for(town, topic), made.version, town.vera)
    with pytest.raises(Refused, match="ни одной технической"):
        approve(changed, changed.version, town.vera, NOW)
    measure = add_measure(made, "organisational", "Дежурный", None, NOW.date(), town.vera, NOW)
    add_measure(made, "technical", "Шаблон", None, None, town.vera, NOW)
    approved = approve(changed, changed.version, town.vera, NOW)
    rule = rule_of(approved)
    assert (rule.is_on, rule.fast_track, rule.stages["fast_track.days"]) == (True, True, 12)
    assert is_running(approved)
    with pytest.raises(Refused, match="не меняют"):
        change(approved, text_for(town, topic), approved.version, town.vera)
    again = design(town.municipality, text_for(town, topic), town.vera, NOW)
    add_measure(again, "organisational", "Дежурный", None, None, town.vera, NOW)
    add_measure(again, "technical", "Шаблон", None, None, town.vera, NOW)
    with pytest.raises(Refused, match="уже действует механизм № 1"):
        approve(again, again.version, town.vera, NOW)
    assert do_measure(measure, "Назначен приказом", town.vera, NOW).done_at == NOW
    with pytest.raises(Refused, match="уже отмечена"):
        do_measure(measure, "ещё раз", town.vera, NOW)


def test_its_cases_run_on_stage_clocks_and_keep_four_moments(town: Town) -> None:
    topic = topic_of(town)
    made = in_force(town, topic)
    case = Case.objects.get(pk=town.case(PIT, "paper", now=NOW).pk)
    assert (case.fast_track, case.body, case.kind) == (True, town.bodies[1], "appeal")
    terms = {term.key: term for term in Term.objects.filter(case=case)}
    assert set(STAGE_KEYS) < set(terms)
    assert terms["fast_track.register"].stopped_at == case.registered_at
    order = [terms[key].control_at for key in STAGE_KEYS[1:]]
    assert order == sorted(order)
    assert terms["fast_track.days"].nominal_on == timezone.localdate(case.registered_at) + timedelta(days=15)
    assert not any(terms[key].is_unconfirmed for key in (*STAGE_KEYS, "fast_track.days"))
    boris = town.user_with("worker", ["cases.view_body", "cases.work"], town.bodies[1])
    cases.take_case(case, boris, NOW)
    cases.save_draft(case, "Яму заделали, фото приложено.", "solved", None, 0, boris)
    cases.submit_answer(case, boris, NOW + timedelta(hours=1))
    assert Term.objects.get(case=case, key="fast_track.study").stopped_at == NOW + timedelta(hours=1)
    cases.approve_answer(case, town.vera, NOW + timedelta(hours=2))
    cases.sign_answer(case, town.galina, NOW + timedelta(hours=3))
    case.refresh_from_db()
    (found,) = stages_of(list(cases_of(made)))
    assert (found.registered, found.considered) == (case.registered_at, NOW + timedelta(hours=1))
    assert (found.prepared, found.sent) == (NOW + timedelta(hours=3), case.answered_at)
    assert not Term.objects.filter(case=case, stopped_at=None).exists()
    for key in ("fast_track.cycle", "fast_track.stages"):
        proof = evidence_for(key, town.municipality, DAYS)
        assert proof is not None
        assert (proof.count, proof.last_at) == (1, case.answered_at), key
    Move.objects.filter(case=case, deed="submit").delete()
    assert proof_of(town, "stages") == 0


def test_a_person_who_sorts_the_tray_puts_a_case_on_it_too(town: Town) -> None:
    topic = topic_of(town)
    made = in_force(town, topic)
    case = town.case("Прошу разобраться.", now=NOW)
    assert not case.fast_track
    case = cases.set_topic(case, topic, town.vera, NOW)
    case = cases.assign_case(case, town.bodies[1], town.vera, NOW + timedelta(minutes=1), "разобрано")
    assert Case.objects.get(pk=case.pk).fast_track
    assert cases_of(made).filter(pk=case.pk).exists()
    assert Term.objects.filter(case=case, key__in=STAGE_KEYS, stopped_at=None).count() == 3
    undo_last(case, town.vera, NOW + timedelta(minutes=2))
    assert not Term.objects.filter(case=case, key__in=STAGE_KEYS, stopped_at=None).exists()
    assert not Case.objects.get(pk=case.pk).fast_track
    other = cases.assign_case(case, town.bodies[0], town.vera, NOW + timedelta(minutes=3), "в другой орган")
    other.refresh_from_db()
    assert not other.fast_track


def test_a_stopped_mechanism_leads_nobody(town: Town) -> None:
    topic = topic_of(town)
    made = in_force(town, topic)
    with pytest.raises(Refused, match="почему останавливаете"):
        stop(made, "", town.vera, NOW)
    stopped = stop(made, "ямы заделаны", town.vera, NOW)
    assert not is_running(stopped)
    assert not town.case(PIT, now=NOW).fast_track
    with pytest.raises(Refused, match="действующий"):
        stop(stopped, "ещё раз", town.vera, NOW)


def test_it_measures_the_gain_and_proves_clauses_by_rows(town: Town) -> None:
    topic = topic_of(town)
    made = in_force(town, topic)
    assert measure_gain(made, NOW) is None
    start = NOW - timedelta(days=60)
    Mechanism.objects.filter(pk=made.pk).update(approved_at=start)
    made.refresh_from_db()
    rule = rule_of(made)
    pattern = Case.objects.get(topic=topic)
    for number in range(12):
        registered = start - timedelta(days=20 + number)
        clone(pattern, f"до-{number}", registered, registered + timedelta(days=18, hours=number))
        registered = start + timedelta(days=number)
        clone(pattern, f"по-{number}", registered, registered + timedelta(days=6, hours=number), rule)
    found = measured(made, NOW)
    assert (found.before.cases, found.after.cases, found.is_proved) == (13, 12, True)
    gain = measure_gain(made, NOW)
    assert gain is not None
    assert gain.words.startswith("Стало быстрее")
    counts = dict.fromkeys(("mechanisms", "effect"), 1) | {"measures": 2}
    assert {key: proof_of(town, key) for key in counts} == counts
    Gain.objects.all().delete()
    Measure.objects.all().delete()
    Mechanism.objects.all().delete()
    assert not any(proof_of(town, key) for key in counts)


def clone(
    pattern: Case, number: str, registered: datetime, answered: datetime, rule: Rule | None = None
) -> None:
    """A case like another one, answered."""
    Case.objects.create(
        municipality=pattern.municipality,
        number=number,
        kind="message",
        channel=pattern.channel,
        gist=pattern.gist,
        masked_text=pattern.masked_text,
        topic=pattern.topic,
        body=pattern.body,
        rule=rule,
        fast_track=rule is not None,
        came_at=registered,
        registered_at=registered,
        answered_at=answered,
        state="sent",
    )


def test_it_keeps_the_norms_when_its_rule_is_changed_by_hand(town: Town) -> None:
    made = in_force(town, topic_of(town))
    rule = rule_of(made)
    text = RuleText("Другое название", rule.conditions, rule.body, fast_track=True)
    fresh = change_rule(rule, text, town.vera, NOW)
    assert fresh.stages == rule.stages
