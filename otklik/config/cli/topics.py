"""`otklik topics`: learning from a municipality's own confirmed topics, with its figures on rows kept aside."""

import json
from dataclasses import asdict

import click

from otklik.cases.selectors import confirmed_topics
from otklik.common.scope import within
from otklik.common.words import percent
from otklik.config.cli.towns import named_town
from otklik.topics.retraining import Figures, Learning
from otklik.topics.services import learn_own


@click.group("topics")
def command() -> None:
    """Темы обращений."""


@command.command("learn")
@click.option("--municipality", "key", required=True, help="Чьи подтверждённые темы взять.")
@click.option("--json", "as_json", is_flag=True, help="Один объект JSON вместо слов.")
def learn(key: str, as_json: bool) -> None:
    """Дообучить модель тем на темах, подтверждённых людьми; новая остаётся, только если она точнее."""
    municipality = named_town(key)
    with within(municipality.pk):
        learning = learn_own(confirmed_topics(municipality), municipality)
    click.echo(json.dumps(asdict(learning), ensure_ascii=False) if as_json else _words(learning))


def _words(learning: Learning) -> str:
    kept = (
        "новая модель точнее и уже работает"
        if learning.is_better
        else "новая модель не точнее, работает прежняя"
    )
    return "\n".join(
        [
            f"Подтверждённых текстов {learning.rows}, тем {learning.topics}; отложено для проверки {learning.aside}.",
            f"Было:  {_told(learning.before)}",
            f"Стало: {_told(learning.after)}",
            f"Итог: {kept}.",
        ]
    )


def _told(figures: Figures) -> str:
    return (
        f"тема верна {percent(figures.topic)}, группа верна {percent(figures.group)}, "
        f"выше порога {percent(figures.sure)}, из них мимо группы {percent(figures.sure_wrong)}"
    )
