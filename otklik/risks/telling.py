"""Lines to those a risk concerns: who works with risks, who answers for this one, whom the level names."""

from otklik.accounts.models import Post
from otklik.accounts.services import leave_notice
from otklik.common import words as say
from otklik.problems.roadmaps.selectors import people_of_post
from otklik.risks.models import Risk
from otklik.risks.selectors import CLOSES, WORKS, page_of

NOTICE_LIMIT = 300


def tell_workers(risk: Risk, said: str) -> None:
    """A line to everybody who works with risks and to the post that answers for this one."""
    line, link = _line(risk, said), page_of(risk)
    leave_notice(risk.municipality, line, link, permission=WORKS)
    for user in people_of_post(risk.post, risk.municipality) if risk.post else []:
        leave_notice(risk.municipality, line, link, user=user)


def tell_post(risk: Risk, post: Post, said: str) -> None:
    """A line to those who hold a post."""
    for user in people_of_post(post, risk.municipality):
        leave_notice(risk.municipality, _line(risk, said), page_of(risk), user=user)


def tell_above(risk: Risk, said: str) -> None:
    """A line to those who close risks: what nobody has done in time is theirs."""
    leave_notice(risk.municipality, _line(risk, said), page_of(risk), permission=CLOSES)


def _line(risk: Risk, said: str) -> str:
    tied = say.tie(f"Учебный. {said}" if risk.drill else said)
    return tied if len(tied) <= NOTICE_LIMIT else f"{tied[: NOTICE_LIMIT - 1]}…"
