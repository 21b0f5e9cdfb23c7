"""Where a message of a known conversation belongs: to a case in work, to an ended one, or to a case of its own. Pure.

The intake gathers the strands a message touches; here it is decided which one it continues. One question of one
author is one case; nothing that asks for something new is ever hidden in somebody else's card.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from otklik.cases.models import Case
from otklik.cases.states import OPEN_STATES

FEW_WORDS = 3
# A shorter remark leans on what was said before it: «там ещё и люк открыт».
WHOLE = 6
APPLICANT, RESIDENT = "applicant", "resident"


@dataclass(frozen=True)
class Said:
    """A message as the decision sees it: `asks` with a question mark or as a question by its kind, `matter` is the
    group of its topic where that is sure."""

    text_kind: str
    words: int
    asks: bool
    names_place: bool
    matter: str = ""

    @property
    def is_small_talk(self) -> bool:
        """Thanks, or a few words that neither ask nor report: «ждём», «понятно»."""
        short = self.words <= FEW_WORDS and self.text_kind == "statement"
        return self.text_kind == "thanks" or (short and not self.wants_own_case)

    @property
    def stands_alone(self) -> bool:
        """Whether it can be understood without what was said before."""
        return self.asks or self.names_place or self.words >= WHOLE

    @property
    def wants_own_case(self) -> bool:
        """In the mouth of another resident: a question, a place or a matter of one's own."""
        return self.asks or self.names_place or bool(self.matter)


@dataclass(frozen=True)
class Strand:
    """A case whose conversation the message touches; `case` is its key, or itself while it is not saved.

    `is_author`: the same author; `answers`: it answers a message of this very conversation, not just the post above.
    """

    case: Case | int
    state: str
    is_author: bool
    answers: bool = False
    matter: str = ""

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES


@dataclass(frozen=True)
class Verdict:
    """`to` is the strand the message continues, None for a case of its own; `why` in Russian for the journal."""

    to: Strand | None
    said_by: str = APPLICANT
    is_repeat: bool = False
    why: str = ""


def decide(said: Said, strands: Sequence[Strand]) -> Verdict:
    """The strand this message continues; of several the newest, which stands last."""
    own = [strand for strand in strands if strand.is_author]
    if own:
        return _by_author(said, own)
    for strand in reversed([strand for strand in strands if strand.answers]):
        if said.wants_own_case:
            return Verdict(None, why="другой автор, свой вопрос")
        if strand.is_open or said.is_small_talk:
            return Verdict(strand, RESIDENT, why="другой участник отвечает заявителю")
    return Verdict(None)


def _by_author(said: Said, own: Sequence[Strand]) -> Verdict:
    asked = [strand for strand in own if strand.state == "asking"]
    if asked:
        return Verdict(asked[-1], why="заявитель ответил на уточнение")
    still = [strand for strand in own if strand.is_open]
    if still:
        same = [strand for strand in still if not _is_another_matter(said, strand)]
        if same:
            return Verdict(same[-1], why="тот же автор, тот же разговор")
        return Verdict(None, why="тот же автор, другой вопрос")
    if said.is_small_talk:
        return Verdict(own[-1], why="после ответа, вопроса нет")
    return Verdict(None, is_repeat=True, why="тот же автор, прежняя карточка закончена")


def _is_another_matter(said: Said, strand: Strand) -> bool:
    """Both topics are sure and of different groups, and the message does not answer anything."""
    if strand.answers or not said.matter or not strand.matter:
        return False
    return said.matter != strand.matter and said.stands_alone and said.text_kind != "thanks"
