"""Open a poll and a discussion in the town of the environment; writes their numbers. For browser stories."""

import sys
from datetime import timedelta

import django

if __name__ == "__main__":
    django.setup()

from django.utils import timezone

from otklik.accounts.selectors import people_with
from otklik.common.models import Municipality
from otklik.common.scope import within
from otklik.common.today import today_in
from otklik.outreach.polls import services
from otklik.outreach.polls.models import Poll
from otklik.outreach.polls.services import PollText, ProposalText, QuestionText, StratumText

QUESTIONS = (
    QuestionText("Что обновить первым", "single", ("Сквер у школы", "Набережная")),
    QuestionText("Чего не хватает", "multiple", ("Света", "Скамеек", "Дорожек"), most=2, is_required=False),
    QuestionText(
        "Довольны ли вы дворами",
        "scale",
        is_required=False,
        low_words="совсем нет",
        high_words="да, всё хорошо",
    ),
    QuestionText("Что ещё сделать", "text", is_required=False),
    QuestionText("Где начать", "point", is_required=False),
)
STRATA = (StratumText("age", "young", "до 35 лет", 6000), StratumText("age", "old", "35 лет и старше", 4000))


def opened(key: str) -> list[Poll]:
    """A poll with questions of every kind, and a discussion with a proposal shown."""
    town, now = Municipality.objects.get(key=key), timezone.now()
    with within(town.pk):
        author = people_with("outreach.polls", town).order_by("pk")[0]
        head = people_with("outreach.approve_polls", town).exclude(pk=author.pk).order_by("pk")[0]
        found = []
        for form, title in (("poll", "Какой сквер обновить первым"), ("discussion", "Что изменить в парке")):
            today = today_in(town)
            text = PollText(
                form,
                title,
                "По ответам решим, что внести в программу следующего года.",
                "Участвуют жители района, один голос человека.",
                "Весь район",
                "жители старше 14 лет",
                opens_on=today,
                closes_on=today + timedelta(days=9),
                questions=QUESTIONS if form == "poll" else (),
                strata=STRATA if form == "poll" else (),
            )
            poll = services.submit(services.draft(town, text, author, now), author, now)
            found.append(services.open_poll(services.approve(poll, head, now), None, now))
        said = ProposalText("Лавки вдоль дорожек", "Пожилым негде отдохнуть, поставить десять лавок.", "one")
        services.show_proposal(services.propose(found[1], said, now), author, now)
    return found


def ended(key: str, number: int) -> None:
    """Close the poll, sum it up, decide, carry a step out."""
    town, now = Municipality.objects.get(key=key), timezone.now()
    with within(town.pk):
        poll = Poll.objects.get(municipality=town, number=number)
        author, head = poll.author, people_with("outreach.approve_polls", town).exclude(pk=poll.author_id)[0]
        services.close(poll, author, now, "ответили все, кого спрашивали")
        services.sum_up(poll, "Жители выбрали сквер у школы.", author, now)
        text = services.DecisionText("Обновить сквер у школы", "за него большинство", "постановление № 12")
        decision = services.decide(poll, text, head, now)
        services.add_step(decision, "Заказать проект", today_in(town) + timedelta(days=30), author)
        step = services.add_step(decision, "Обследовать место", today_in(town), author)
        services.finish_step(step, "Обследовано вместе с жителями", author, now)


if __name__ == "__main__":
    if len(sys.argv) > 2:
        ended(sys.argv[1], int(sys.argv[2]))
    else:
        sys.stdout.write(" ".join(str(one.number) for one in opened(sys.argv[1])))
