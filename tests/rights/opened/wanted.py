"""How a staff address is asked and which permissions open it."""

from dataclasses import dataclass

SEES = frozenset({"cases.view", "cases.view_block", "cases.view_body"})
SEES_CHANNELS = frozenset({"channels.manage", "channels.view_raw", "cases.send_answer"})
SORTS = frozenset({"cases.sort", "cases.assign"})
WRITES_TEMPLATES = frozenset({"topics.manage", "cases.approve_answer"})
KNOWS_PEOPLE = frozenset(
    {"charter.view", "accounts.manage", "accounts.name_specialists", "accounts.substitute"}
)
SEES_RATING = frozenset({"analytics.view", "analytics.rate", "cases.view_body"})
SEES_DISCIPLINE = frozenset({"office.errands", "office.organise", "analytics.view"})
COORDINATES = frozenset({"office.organise", "office.chair", "office.attend", "office.errands"})
ASKED = COORDINATES | {"reports.compose", "reports.view", "cases.view_body"}
SEES_PROBLEMS = frozenset({"problems.manage", "problems.recommend", "office.attend", "analytics.view"})
SEES_ERRORS = frozenset({"problems.manage", "problems.recommend", "office.attend", "quality.check"})
ADVISES = frozenset({"problems.recommend", "problems.manage"})
SEES_FAST = ADVISES | {"analytics.view"}
MEETS = frozenset({"office.attend", "office.organise", "office.chair"})
ANYBODY: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Address:
    """How a staff address is asked and what it needs; `of` is the object it names (see test_matrix.things)."""

    needs: frozenset[str]
    method: str = "GET"
    of: str = ""


def read(*needs: str, of: str = "") -> Address:
    return Address(frozenset(needs), "GET", of)


def write(*needs: str, of: str = "") -> Address:
    return Address(frozenset(needs), "POST", of)
