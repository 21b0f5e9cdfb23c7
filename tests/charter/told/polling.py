"""Residents are asked, vote, discuss; what they said is summed up and decided."""

from datetime import timedelta
from hashlib import sha256

from otklik.outreach.models import OfficialPage
from otklik.outreach.polls import services
from otklik.outreach.polls.models import Poll
from otklik.outreach.polls.rules import Mark
from otklik.outreach.polls.services import DecisionText, PollText, ProposalText, QuestionText, Vote
from tests.charter.centre import Centre
from tests.charter.told.tale import carries

QUESTION = QuestionText("Что обновить первым", "single", ("Сквер", "Набережную"))


def opened(centre: Centre, form: str) -> Poll:
    """Drafted by whom the charter lets run polls, approved by another, open today."""
    author = centre.who("outreach.polls")
    text = PollText(
        form,
        "Что обновить первым",
        *("Решим, что внести в план.", "Один голос человека.", "Район", "Жители"),
        opens_on=centre.today,
        closes_on=centre.today + timedelta(days=9),
        questions=[QUESTION] if form != "discussion" else (),
    )
    made = services.submit(services.draft(centre.whose, text, author, centre.now), author, centre.now)
    head = centre.who("outreach.approve_polls", but=author)
    return services.open_poll(services.approve(made, head, centre.now), None, centre.now)


def voted(centre: Centre, poll: Poll) -> None:
    """Three residents choose, the box is opened, the results are summed up."""
    question = poll.questions.get()
    option = question.options.order_by("position").first()
    assert option is not None
    for voter in ("1", "2", "3"):
        vote = Vote([Mark(question.pk, option=option.pk)], sha256(voter.encode()).hexdigest())
        services.cast(poll, voter, vote, centre.now)
    services.close(poll, None, centre.now, "ответили все, кого спрашивали")
    services.sum_up(poll, "Жители за сквер.", centre.who("outreach.polls"), centre.now)


@carries(
    "POLL",
    borovichi=("BOR-1.1.1.2",),
    mikhaylovka=("MIH-1.1.2.2", "MIH-3.2.8", "MIH-3.2.8.1", "MIH-3.2.8.2"),
    bogotol=("BOG-I.2.1.2", "BOG-III.4.4.5"),
)
def residents_are_asked_in_all_three_forms(centre: Centre) -> None:
    """A survey and a vote are counted, a vote ends in a decision, a proposal of a discussion is answered."""
    author = centre.who("outreach.polls")
    voted(centre, opened(centre, "poll"))
    vote = opened(centre, "vote")
    voted(centre, vote)
    head = centre.who("outreach.approve_polls", but=author)
    services.decide(vote, DecisionText("Обновить сквер", "за него больше голосов"), head, centre.now)
    said = ProposalText("Лавки", "Поставить лавки у школы", sha256(b"code").hexdigest())
    proposal = services.propose(opened(centre, "discussion"), said, centre.now)
    services.show_proposal(proposal, author, centre.now)
    assert services.support(proposal, "1", centre.now)
    services.answer_proposal(proposal, "accepted", "Поставим в мае", author, centre.now)


@carries("POLL", lovozero=("LOV-2.2.4",))
def a_poll_is_placed_on_pages(centre: Centre) -> None:
    """The administration's poll stands on our page, a post about it is written for an official page."""
    page = OfficialPage.objects.filter(municipality=centre.whose).first() or OfficialPage.objects.create(
        municipality=centre.whose,
        title="Администрация района",
        network="vk",
        url="https://vk.example/lov",
        organisation="Администрация района",
        opened_on=centre.today,
    )
    poll, author = opened(centre, "poll"), centre.who("outreach.polls")
    material = services.place(poll, [page], "", None, author, centre.now)
    assert services.link_of(poll) in material.link
    voted(centre, poll)
