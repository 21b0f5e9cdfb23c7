"""How people come in: codes by mail; proposals of a discussion, moderated, supported, answered, forgotten."""

from dataclasses import replace
from datetime import timedelta

import pytest

from otklik.channels.models import Outgoing
from otklik.common.errors import Refused
from otklik.outreach.polls import selectors, services
from otklik.outreach.polls.forget import erase_codes, erase_old, shown_of
from otklik.outreach.polls.models import CodeSent, Proposal
from otklik.outreach.polls.services import ProposalText
from otklik.outreach.polls.services.codes import MOST_TRIES
from otklik.outreach.polls.tests.cast import AFTER, NOW, OPTIONS, Cast, vote


def test_a_code_is_sent_to_an_address_that_is_kept_nowhere(cast: Cast) -> None:
    poll = cast.running(access="code")
    services.send_code(poll, "Anna@Example.org", "", NOW)
    letter = Outgoing.objects.get(about=f"poll:{poll.pk}")
    code = letter.body.split("Код для участия: ")[1][:6]
    assert (letter.recipient, code.isdecimal()) == ("Anna@Example.org", True)
    known = services.known_as("anna@example.org ", "")
    voter = services.check_code(poll, known, code, NOW)
    assert "anna" not in voter
    assert services.check_code(poll, known, code, NOW) == voter
    vote(poll, voter, OPTIONS[0])
    services.close(poll, cast.author, NOW, "хватило ответов")
    assert not CodeSent.objects.exists()
    Outgoing.objects.filter(pk=letter.pk).update(state="sent", sent_at=NOW)
    erase_codes(poll.municipality, NOW)
    letter.refresh_from_db()
    assert (letter.recipient, letter.body) == ("", "")


def test_a_code_may_be_guessed_five_times_and_a_telephone_needs_a_gateway(cast: Cast) -> None:
    poll = cast.running(access="code")
    services.send_code(poll, "anna@example.org", "", NOW)
    for _ in range(MOST_TRIES):
        with pytest.raises(Refused, match="не подошёл"):
            services.check_code(poll, "anna@example.org", "abc", NOW)
    code = Outgoing.objects.get().body.split("Код для участия: ")[1][:6]
    with pytest.raises(Refused, match="не подошёл"):
        services.check_code(poll, "anna@example.org", code, NOW)
    services.send_code(poll, "anna@example.org", "", NOW)
    code = Outgoing.objects.latest("pk").body.split("Код для участия: ")[1][:6]
    with pytest.raises(Refused, match="не подошёл"):
        services.check_code(poll, "anna@example.org", code, NOW + timedelta(minutes=16))
    assert services.check_code(poll, "anna@example.org", code, NOW)
    with pytest.raises(Refused, match="СМС отсюда не отправляют"):
        services.send_code(poll, "", "8 900 111-22-33", NOW)


def test_a_discussion_moderates_by_its_rules_tells_the_author_why_and_answers_each(cast: Cast) -> None:
    poll = cast.running(form="discussion", questions=())
    text = ProposalText(
        "Лавки у школы",
        "Поставить десять лавок, тел. 8 900 123-45-67",
        "one",
        place="ул. Лесная, у Петровой Анны Ивановны",
        contact="anna@example.org",
    )
    bench = services.propose(poll, text, NOW)
    assert services.propose(poll, text, NOW).pk == bench.pk
    rude = services.propose(poll, replace(text, title="Брань", follow_hash="two"), NOW)
    assert not selectors.shown_proposals(poll).exists()
    shown = services.show_proposal(bench, cast.author, NOW)
    assert "десять лавок" in shown.text
    assert "123-45-67" not in shown.text
    assert "Лесная" in shown.place and "Петровой" not in shown.place
    with pytest.raises(Refused, match="пункт правил"):
        services.refuse_proposal(rude, " ", cast.author, NOW)
    services.refuse_proposal(rude, "пункт 3: оскорбления", cast.author, NOW)
    assert "пункт 3: оскорбления" in Outgoing.objects.get(about=f"proposal:{rude.pk}").body
    assert services.support(bench, "device:1", NOW)
    assert not services.support(bench, "device:1", NOW)
    with pytest.raises(Refused, match="опубликованное"):
        services.support(rude, "device:1", NOW)
    assert selectors.supported_by(poll, "device:1", [bench]) == {bench.pk}
    services.close(poll, None, AFTER)
    with pytest.raises(Refused, match="на каждое отвечают"):
        services.sum_up(poll, "итоги", cast.head, AFTER)
    services.answer_proposal(bench, "accepted", "Поставим в мае", cast.author, AFTER)
    services.sum_up(poll, "Поддержали лавки.", cast.head, AFTER)
    bench.refresh_from_db()
    assert (bench.supports, bench.verdict, bench.answer) == (1, "accepted", "Поставим в мае")
    assert selectors.proposal_by_code(poll, "one") == bench
    assert shown_of(bench) == {"почта": "anna@example.org"}
    late = AFTER + timedelta(days=365 * 5 + 2)
    assert (erase_old(poll.municipality, late), erase_old(poll.municipality, late)) == (2, 0)
    assert not Proposal.objects.exclude(contact="").exists()
    kept = Proposal.objects.get(pk=rude.pk)
    assert not any("123-45-67" in said or "Петровой" in said for said in (kept.title, kept.text, kept.place))
    assert (kept.state, kept.reason) == ("refused", "пункт 3: оскорбления")
    assert "десять лавок" in Proposal.objects.get(pk=bench.pk).text
