"""How a draft of each kind of idea begins. What a person has to add stands in braces, as in templates. Pure."""

from collections.abc import Mapping
from datetime import date

from otklik.common.words import NBSP, count, full_day, number
from otklik.reports.phrases import MESSAGES

ADD = "{{{}}}"
"""What only a person knows: a post with braces left in it is not approved."""
PROBLEMS = ("проблема", "проблемы", "проблем")


def of_topic(title: str, n: int, days: str) -> str:
    return "\n\n".join(
        (
            f"За {days} на тему «{title}» от вас пришло {count(n, *MESSAGES)}.",
            ADD.format("что делается, кто отвечает и к какому дню"),
            "Напишите нам, если у вас осталось по-прежнему: каждое сообщение получает ответ.",
        )
    )


def of_answers(title: str, answer: str) -> str:
    said = answer or ADD.format("разъяснение простыми словами")
    return f"Нас часто спрашивают: «{title}». Отвечаем всем сразу.\n\n{said}"


def of_planned(title: str, result: str, start: date, due: date) -> str:
    head = f"{title}: с {full_day(start)} по {full_day(due)}."
    return f"{head}\n\nЧто получится: {result}.\n\n{ADD.format('где именно и что меняется для жителей')}"


def of_done(title: str, report: str, indicator: str, was: str, fact: str, day: date) -> str:
    moved = f"\n\n{indicator}: было {was}, стало {fact}." if fact else ""
    return (
        f"Сделано {full_day(day)}: {title}.\n\n{report}{moved}\n\n{ADD.format('приложите снимок до и после')}"
    )


def of_solved(solved: int, topics: Mapping[str, int], days: str) -> str:
    lines = "\n".join(f"— {title}:{NBSP}{number(n)}" for title, n in topics.items())
    head = f"Что сделано по вашим сообщениям за {days}: решено {count(solved, *PROBLEMS)}."
    return f"{head}\n\n{lines}\n\nСпасибо, что пишете."
