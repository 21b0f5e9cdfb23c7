"""A member of the centre sees his own errands and problems as such, and nobody's letter or personal data."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import docx
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from otklik.accounts.models import Holding, Post, User
from otklik.cases.models import Case
from otklik.office.errands.models import Errand
from otklik.office.errands.services import Order, Source, give
from otklik.problems.models import Problem, ProblemCase
from tests.town import Town

Enter = Callable[[User], Client]
SECRETS = ("642-15-40", "Заявителева")


@pytest.fixture
def member(town: Town) -> User:
    """Attends meetings and answers for a post; no right to cases."""
    post = Post.objects.create(
        municipality=town.municipality, key="member", body=town.bodies[0], title="Начальник отдела связи"
    )
    user = town.user_with("member", ["office.attend"])
    Holding.objects.filter(user=user).update(post=post)
    return user


@pytest.fixture
def letter(town: Town) -> Case:
    """A letter with a name and a telephone in it."""
    text = "Я, Заявителева Анна, тел. 8 (816) 642-15-40. На улице Советской не горят три фонаря."
    return town.case(text, now=timezone.now() - timedelta(days=1), author="Заявителева Анна")


def given(town: Town, letter: Case, post: Post) -> Errand:
    giver = town.user_with("giver", ["office.errands"])
    order = Order(
        "заменить три фонаря",
        post,
        timezone.localdate() + timedelta(days=5),
        source=Source("head", case_number=letter.number),
    )
    return give(town.municipality, order, giver, timezone.now())


def test_a_member_sees_his_errand_and_not_the_letter_behind_it(
    town: Town, member: User, letter: Case, enter: Enter
) -> None:
    mine = given(town, letter, Post.objects.get(key="member"))
    other = given(town, letter, Post.objects.filter(municipality=town.municipality).order_by("pk")[0])
    client = enter(member)
    page = client.get(reverse("desk:errand", args=[mine.number])).content.decode()
    assert "заменить три фонаря" in page.lower() and "карточка вам не доступна" in page
    assert client.get(reverse("desk:errand", args=[other.number])).status_code == 404
    listed = client.get(reverse("desk:errands"), {"show": "all"}).content.decode()
    assert reverse("desk:errand", args=[mine.number]) in listed
    assert reverse("desk:errand", args=[other.number]) not in listed
    paper = docx.Document(BytesIO(client.get(reverse("desk:errands_paper", args=["docx"])).content))
    words = "\n".join(cell.text for row in paper.tables[-1].rows for cell in row.cells)
    assert words.count("заменить три фонаря") == 1
    for name in ("card", "personal"):
        asked = client.post if name == "personal" else client.get
        assert asked(reverse(f"desk:{name}", args=[letter.number])).status_code in (403, 404)
    assert not any(secret in text for secret in SECRETS for text in (page, listed, words))


def test_a_member_sees_a_problem_and_not_whose_letters_it_is_made_of(
    town: Town, member: User, letter: Case, enter: Enter
) -> None:
    now = timezone.now()
    problem = Problem.objects.create(
        municipality=town.municipality,
        number="П-1",
        title="Темно на Советской",
        source="cases",
        since=now.date(),
        state="confirmed",
        raised_at=now,
        confirmed_at=now,
    )
    ProblemCase.objects.create(
        municipality=town.municipality,
        problem=problem,
        case=letter,
        state="confirmed",
        reason="о том же",
        at=now,
    )
    errand = given(town, letter, Post.objects.filter(municipality=town.municipality).order_by("pk")[0])
    page = enter(member).get(reverse("desk:problem", args=[problem.number])).content.decode()
    assert "Темно на Советской" in page
    assert reverse("desk:card", args=[letter.number]) not in page and letter.gist not in page
    assert reverse("desk:errand", args=[errand.number]) not in page
    assert not any(secret in page for secret in SECRETS)
    whole = enter(town.user_with("keeper", ["problems.manage", "office.errands", "cases.view"]))
    seen = whole.get(reverse("desk:problem", args=[problem.number])).content.decode()
    assert reverse("desk:card", args=[letter.number]) in seen
    assert reverse("desk:errand", args=[errand.number]) in seen
    card = whole.get(reverse("desk:card", args=[letter.number])).content.decode()
    assert reverse("desk:problem", args=[problem.number]) in card
    assert reverse("desk:errand", args=[errand.number]) in card
