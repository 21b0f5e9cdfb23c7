"""One reading of a message: everything `language` can say of it at once.

Called by `cases.services.register_case` and by imports in chunks; calls the rest of the package.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from otklik.language.kind import Judgement, Verdict, is_urgent, text_kind
from otklik.language.personal import mask
from otklik.language.questions import Question, find_questions
from otklik.language.spans import Span


@dataclass(frozen=True, slots=True)
class Reading:
    """What a message says; places of questions are in the masked text, of personal data in the text as it came."""

    questions: list[Question]
    personal: list[Span]
    masked: str
    kind: Verdict
    urgency: Judgement


def read(text: str) -> Reading:
    """Read one message; any text is read, an empty one gives an empty reading."""
    masked = mask(text)
    kind = text_kind(text)
    return Reading(
        questions=find_questions(masked.text, kind),
        personal=masked.spans,
        masked=masked.text,
        kind=kind,
        urgency=is_urgent(text, kind),
    )


def read_many(texts: Iterable[str]) -> list[Reading]:
    """Read many messages in order; word forms are remembered between them."""
    return [read(text) for text in texts]
