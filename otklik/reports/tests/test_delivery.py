"""A signed paper leaves by mail with its files or by a person's hand; what has left is kept, what has not is told."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from pytest_django import Settings

from otklik.accounts.models import Notice, User
from otklik.channels.models import Outgoing
from otklik.channels.services.delivery import claim, deliver
from otklik.common.errors import Refused
from otklik.reports.composing import Order
from otklik.reports.delivery import mark_sent, send_by_mail, settle
from otklik.reports.forms import FORMS
from otklik.reports.models import Report
from otklik.reports.services import approve, compose_report, freeze
from otklik.reports.tests.people import WRITERS
from otklik.reports.tests.test_story import LATER, OCTOBER
from tests.town import Town, build_town

pytestmark = pytest.mark.django_db
BOX = "region@example.org"


@pytest.fixture
def signed(settings: Settings, tmp_path: object) -> tuple[Town, User, Report]:
    settings.MEDIA_ROOT = tmp_path
    town = build_town()
    boss = town.user_with("boss", WRITERS)
    report = compose_report(town.municipality, Order(FORMS["week"], OCTOBER), boss, LATER)
    approve(freeze(report, boss, LATER), boss, LATER)
    return town, boss, report


def _send_all(town: Town) -> None:
    while letter := claim(town.municipality, LATER + timedelta(minutes=1)):
        deliver(letter, LATER + timedelta(minutes=1))


def test_it_mails_the_paper_with_its_files_and_becomes_sent_when_it_leaves(
    signed: tuple[Town, User, Report],
) -> None:
    town, boss, report = signed
    send_by_mail(report, BOX, ["pdf", "docx"], boss, LATER)
    assert Report.objects.get().state == "approved"
    with pytest.raises(Refused, match="уже отправлен или ждёт"):
        send_by_mail(report, BOX, ["pdf"], boss, LATER)
    _send_all(town)
    assert settle(town.municipality) == 1
    assert settle(town.municipality) == 0
    report.refresh_from_db()
    assert (report.state, report.sent_how) == ("sent", f"почта, {BOX}")
    (letter,) = mail.outbox
    assert isinstance(letter, EmailMultiAlternatives) or letter.to == [BOX]
    assert [one[0] for one in letter.attachments] == ["week-2026-10-1.pdf", "week-2026-10-1.docx"]
    assert letter.attachments[0][1][:4] == b"%PDF"
    assert "Сводка № 1" in letter.subject.replace("\u00a0", " ")


def test_it_tells_of_a_letter_that_did_not_leave_and_lets_hand_it_over(
    signed: tuple[Town, User, Report],
) -> None:
    town, boss, report = signed
    send_by_mail(report, BOX, ["pdf"], boss, LATER)
    Outgoing.objects.update(state="dead", error="Почтовый сервер не принял письмо.")
    assert settle(town.municipality) == 1
    assert settle(town.municipality) == 0
    assert Notice.objects.filter(permission="reports.verify", text__contains="не ушло").exists()
    send_by_mail(report, BOX, ["pdf"], boss, LATER)
    mark_sent(report, "СЭД", boss, LATER, "118")
    report.refresh_from_db()
    assert (report.state, report.sent_how) == ("sent", "СЭД, № 118")
    assert report.dispatches.count() == 3


def test_it_refuses_to_mail_what_is_not_signed_or_has_no_address(signed: tuple[Town, User, Report]) -> None:
    town, boss, report = signed
    with pytest.raises(Refused, match="не адрес почты"):
        send_by_mail(report, "куда-нибудь", ["pdf"], boss, LATER)
    with pytest.raises(Refused, match="какие файлы"):
        send_by_mail(report, BOX, ["exe"], boss, LATER)
    draft = compose_report(town.municipality, Order(FORMS["week"], OCTOBER), boss, LATER)
    with pytest.raises(Refused, match="Сначала подпишите"):
        send_by_mail(draft, BOX, ["pdf"], boss, LATER)
