"""People and meetings of the stories: the centre of a charter with full meetings, by roles of the charter."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from otklik.accounts.models import Post, Role, User
from otklik.accounts.services import Appointment, give_role
from otklik.office import services
from otklik.office.errands.services import act
from otklik.office.models import AgendaItem, Decision, Meeting
from otklik.office.services import Call, DecisionText, Guest
from tests.town import SINCE, Town, build_town

NOW = datetime.fromisoformat("2026-10-20T12:00:00+03:00")
SOON = NOW + timedelta(days=7)


@dataclass
class Centre:
    """A town with its curator, head and members, and meetings of theirs."""

    town: Town

    def holder(self, role_key: str, post_key: str) -> User:
        """A person who holds the role by the post."""
        user = User.objects.create_user(
            f"{role_key}-{post_key}", "correct horse 59", email=f"{role_key}@town.example"
        )
        town = self.town.municipality
        role = Role.objects.get(municipality=town, key=role_key)
        post = Post.objects.get(municipality=town, key=post_key)
        give_role(user, Appointment(role, SINCE, post), None)
        return user

    @cached_property
    def curator(self) -> User:
        return self.holder("curator", "deputy_head_public")

    @cached_property
    def head(self) -> User:
        return self.holder("head", "centre_manager")

    @cached_property
    def member(self) -> User:
        return self.holder("pos_officer", "pos_specialist")

    @cached_property
    def post(self) -> Post:
        """Who answers for most decisions."""
        return Post.objects.get(municipality=self.town.municipality, key="housing_specialist")

    @cached_property
    def control(self) -> Post:
        return Post.objects.get(municipality=self.town.municipality, key="centre_manager")

    def convened(self, form: str = "in_person", answers_until: datetime | None = None) -> Meeting:
        """A meeting of the three of them."""
        people = [self.curator.pk, self.head.pk, self.member.pk]
        call = Call(form, "рост жалоб на освещение", SOON, "зал, каб. 12", answers_until)
        return services.convene(self.town.municipality, call, people, self.head, NOW)

    def running(self) -> tuple[Meeting, AgendaItem]:
        """A meeting that goes on with one question."""
        meeting = self.convened()
        item = services.add_question(meeting, "Освещение у школ", "", "", self.head, NOW)
        return services.start(meeting, "", self.curator, NOW), item

    def decided(self, item: AgendaItem, **changed: object) -> Decision:
        """A whole decision of the question."""
        values: dict[str, object] = {
            "post": self.post,
            "what": "заменить три светильника у школы № 2",
            "due": NOW.date() + timedelta(days=20),
            "control": self.control,
        }
        return services.add_decision(item, DecisionText(**{**values, **changed}), self.head, NOW)  # type: ignore[arg-type]  # a test changes any field

    def signed(self) -> Meeting:
        """A meeting whose protocol has one errand and is signed."""
        meeting, item = self.running()
        self.decided(item)
        meeting = services.finish(meeting, self.head, NOW)
        return services.sign(meeting, self.curator, NOW)


def build_centre(key: str = "bogotol") -> Centre:
    return Centre(build_town(key))


def lived(centre: Centre) -> Meeting:
    """A meeting with everything that may be proved: the deputy led it, its errand is accepted."""
    executor = centre.holder("executor", "housing_specialist")
    town, head = centre.town.municipality, centre.head
    proposal = services.propose(town, "Обсудить ночные дежурства.", centre.member, NOW)
    meeting = centre.convened()
    services.decide_proposal(proposal, meeting, "", head, NOW)
    services.invite_guest(meeting, Guest("expert", "директор школы № 2"), head, NOW)
    services.add_material(meeting, "Справка", centre.member, NOW, file=("spravka.txt", b"14"))
    services.prepare(meeting, "подготовить справку", centre.post, NOW.date() + timedelta(days=1), head, NOW)
    services.agree(meeting, centre.curator, NOW)
    services.start(meeting, "отпуск", head, NOW)
    here = meeting.participants.filter(kind="member").values_list("pk", flat=True)
    services.attend(meeting, set(here), {}, head)
    decision = centre.decided(meeting.items.get())
    services.sign(services.finish(meeting, head, NOW), head, NOW)
    services.send(meeting, head, NOW)
    decision.refresh_from_db()
    assert decision.errand is not None
    act(decision.errand, "take", executor, NOW)
    act(decision.errand, "report", executor, NOW, "заменены 3 светильника, акт")
    act(decision.errand, "accept", head, NOW)
    return meeting
