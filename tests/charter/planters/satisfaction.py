"""Scores, checks of badly scored answers, studies."""

from otklik.cases.models import Case
from otklik.common.period import Period
from otklik.satisfaction.models import Recheck, Score
from otklik.satisfaction.services import close_recheck, take_outer_score
from otklik.satisfaction.studies import StudyText, keep_study
from tests.charter.planters.ground import Ground, plants

BAD = 1


def scored(ground: Ground) -> Score:
    """A bad score of an answered case of a block."""
    case = ground.answered("pos")
    Case.objects.filter(pk=case.pk).update(block_key=ground.block.key)
    case.refresh_from_db()
    given = take_outer_score(case, BAD, ground.now)
    assert given is not None
    return given


@plants("satisfaction.scores", "satisfaction.by_applicant", "satisfaction.by_block", "satisfaction.summary")
@plants("quality.checks", "quality.by_channel", "quality.by_block")
def a_bad_score(ground: Ground) -> None:
    given = scored(ground)
    if given.case.applicant_id is None:
        ground.case(author="Анна", phone="8 900 000 00 00")
        Case.objects.filter(pk=given.case_id).update(
            applicant=Case.objects.filter(applicant__isnull=False).values("applicant")[:1]
        )


@plants("quality.conflicts")
def a_rude_answer(ground: Ground) -> None:
    Score.objects.filter(pk=scored(ground).pk).update(reasons=["rude"])


@plants("quality.pos_measures")
def a_check_ended(ground: Ground) -> None:
    recheck = Recheck.objects.get(score=scored(ground))
    close_recheck(recheck, "right", "Ответ верный: назван день.", ground.by, ground.now)


@plants("satisfaction.studies")
def a_study(ground: Ground) -> None:
    ground.answered("incident")
    words = StudyText("Осень", "Довольны ли ответами?", "", "Довольны.")
    keep_study(ground.whose, words, Period(ground.today, ground.today), "", ground.by, ground.now)
