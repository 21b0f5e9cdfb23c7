"""Reads the results of a poll run elsewhere (ПОС) from a table, CSV or XLSX: question, answer, votes.

Pure of the database: what the poll asks comes in, counts come out. A refusal names the row of the file, the column and
what to do, and nothing of a faulty table is taken.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from otklik.channels.importing.headings import key
from otklik.channels.importing.layout import Layout
from otklik.channels.importing.tables import Line, lines_of, look_into
from otklik.common.errors import Refused

QUESTION, ANSWER, VOTES = "Вопрос", "Ответ", "Голосов"
LAYOUT = Layout(
    key="poll_results",
    title="Итоги опроса",
    channel_kind="pos",
    columns={
        "question": (QUESTION, "Текст вопроса", "Вопрос опроса"),
        "answer": (ANSWER, "Вариант", "Вариант ответа"),
        "votes": (VOTES, "Количество голосов", "Проголосовало", "Количество"),
    },
)
ROWS_LIMIT = 2000
VOTES_LIMIT = 10_000_000


@dataclass(frozen=True)
class Asked:
    """A question of the poll as the table may name it: its options by key, or the ends of its scale.

    `takes_many` says that a person may mark several answers, so that votes may be more than participants.
    """

    key: int
    text: str
    options: Mapping[str, int] = field(default_factory=dict)
    scale: range = range(0)
    takes_many: bool = False


@dataclass(frozen=True)
class Tally:
    """Votes of one answer: an option by its key, or a number of a scale."""

    question: int
    votes: int
    option: int | None = None
    number: int | None = None


def read_results(path: Path, name: str, asked: Sequence[Asked], people: int) -> list[Tally]:
    """Counts of every row, answers the table does not name with none. Raises Refused for the first fault found.

    A table of one question may leave the column «Вопрос» out.
    """
    _check_columns(path, name)
    found: dict[tuple[int, int | None, int | None], Tally] = {}
    rows: dict[tuple[int, int | None, int | None], int] = {}
    for number, line in enumerate(lines_of(path, LAYOUT, name)):
        if number >= ROWS_LIMIT:
            raise Refused(f"В таблице больше {ROWS_LIMIT} строк. Оставьте в ней только итоги этого опроса.")
        tally = _tally(line, asked)
        if tally is None:
            continue
        place = (tally.question, tally.option, tally.number)
        if place in rows:
            raise Refused(
                f"Строка {line.number}, столбец «{ANSWER}»: этот ответ уже есть в строке {rows[place]}."
                " Сложите голоса и оставьте одну строку."
            )
        found[place], rows[place] = tally, line.number
    if not found:
        raise Refused("В таблице нет ни одной заполненной строки с ответом и числом голосов.")
    for one in asked:
        _check_sum(one, [tally for tally in found.values() if tally.question == one.key], people)
    return list(found.values())


def _check_columns(path: Path, name: str) -> None:
    """Raise Refused for a table without a column, with those it has."""
    headings = look_into(path, name, LAYOUT).headings
    for column, title in (("answer", ANSWER), ("votes", VOTES)):
        if not any(one in headings for one in LAYOUT.columns[column]):
            there = ", ".join(f"«{one}»" for one in headings.titles[:12])
            raise Refused(f"В таблице нет столбца «{title}»; есть {there}. Переименуйте и загрузите снова.")


def _tally(line: Line, asked: Sequence[Asked]) -> Tally | None:
    said = {name: line.record.text(*titles) for name, titles in LAYOUT.columns.items()}
    if not any(said.values()):
        return None
    question = _question(line.number, said["question"], asked)
    votes = _votes(line.number, said["votes"])
    if question.scale:
        return Tally(question.key, votes, number=_mark(line.number, said["answer"], question))
    option = question.options.get(key(said["answer"]))
    if option is None:
        raise Refused(
            f"Строка {line.number}, столбец «{ANSWER}»: в вопросе «{question.text[:80]}» нет ответа"
            f" «{said['answer'][:80]}». Напишите его так, как в опросе, или добавьте в опрос."
        )
    return Tally(question.key, votes, option=option)


def _question(row: int, text: str, asked: Sequence[Asked]) -> Asked:
    if not text and len(asked) == 1:
        return asked[0]
    found = next((one for one in asked if key(one.text) == key(text)), None)
    if found is None:
        named = f"«{text[:80]}» нет среди вопросов опроса" if text else "вопрос не назван"
        raise Refused(
            f"Строка {row}, столбец «{QUESTION}»: {named}. Напишите вопрос слово в слово, как в опросе."
        )
    return found


def _mark(row: int, text: str, question: Asked) -> int:
    if text.isdecimal() and int(text) in question.scale:
        return int(text)
    raise Refused(
        f"Строка {row}, столбец «{ANSWER}»: «{text[:40]}» — не оценка от {question.scale.start}"
        f" до {question.scale.stop - 1}. Исправьте и загрузите снова."
    )


def _votes(row: int, text: str) -> int:
    plain = "".join(text.split())
    if plain.isdecimal() and int(plain) <= VOTES_LIMIT:
        return int(plain)
    told = f"«{text[:40]}» — не целое число" if text else "число голосов не указано"
    raise Refused(f"Строка {row}, столбец «{VOTES}»: {told}. Исправьте и загрузите снова.")


def _check_sum(question: Asked, tallies: Sequence[Tally], people: int) -> None:
    """Nobody votes twice: answers of a question are no more than its participants."""
    counts = [one.votes for one in tallies]
    most = max(counts, default=0) if question.takes_many else sum(counts)
    if most > people:
        raise Refused(
            f"Вопрос «{question.text[:80]}»: голосов {most}, а участников {people}."
            " Проверьте столбец «Голосов» и число участников."
        )
