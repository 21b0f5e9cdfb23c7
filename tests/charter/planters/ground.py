"""The ground records are planted in, and the register of planters."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from otklik.accounts.models import Body, Post, User
from otklik.cases import services
from otklik.cases.models import Case
from otklik.charter.permissions import PERMISSIONS
from otklik.common.models import Municipality
from otklik.topics.models import Block
from tests.town import Town

TEXT = "На улице Советской напротив дома 12 огромная яма, пробили колесо. Когда заделаете?"


@dataclass
class Ground:
    """A town nothing has happened in yet; whoever a planter asks for is made at once."""

    town: Town
    now: datetime

    @property
    def whose(self) -> Municipality:
        return self.town.municipality

    @property
    def today(self) -> date:
        """The day of the town at this moment."""
        return self.now.astimezone(ZoneInfo(self.whose.time_zone)).date()

    @cached_property
    def by(self) -> User:
        """Somebody who may do everything."""
        return self.town.user_with("everything", sorted(PERMISSIONS))

    @property
    def body(self) -> Body:
        return self.town.bodies[0]

    @cached_property
    def posts(self) -> list[Post]:
        """Posts of different bodies."""
        return list(
            Post.objects.filter(municipality=self.whose).order_by("body_id", "pk").distinct("body_id")
        )

    @property
    def block(self) -> Block:
        found = Block.objects.filter(municipality=self.whose).order_by("position").first()
        assert found is not None
        return found

    def case(self, kind: str = "web_form", text: str = TEXT, **more: object) -> Case:
        return self.town.case(text, kind, self.now, **more)

    def in_work(self, kind: str = "web_form") -> Case:
        """A case somebody of the body has taken."""
        case = services.assign_case(self.case(kind), self.body, self.by, self.now, "разобрано куратором")
        services.take_case(case, self.town.boris, self.now)
        return case

    def answered(self, kind: str = "incident", answer: str = "solved") -> Case:
        """A case whose answer has been approved, signed where the route says so, and sent."""
        case, worker = self.in_work(kind), self.town.boris
        services.save_draft(case, "Яму заделали 13 октября, фото приложено.", answer, None, 0, worker)
        services.submit_answer(case, worker, self.now)
        services.approve_answer(case, self.town.vera, self.now)
        case.refresh_from_db()
        if case.state == "signing":
            services.sign_answer(case, self.town.galina, self.now)
            case.refresh_from_db()
        if case.state == "placing":
            services.mark_placed(case, "https://vk.example/1", self.town.vera, self.now)
            case.refresh_from_db()
        return case


Planter = Callable[[Ground], None]


@dataclass(frozen=True)
class Planted:
    """A planter with the keys it proves and what clears the ground for them.

    `only_grows` marks keys that are never at nothing, because a charter cannot be read without such a record.
    """

    keys: tuple[str, ...]
    plant: Planter
    bare: Planter | None
    only_grows: bool

    @property
    def name(self) -> str:
        return f"{self.plant.__module__.rpartition('.')[2]}.{self.plant.__name__}"


PLANTERS: list[Planted] = []


def plants(*keys: str, bare: Planter | None = None, only_grows: bool = False) -> Callable[[Planter], Planter]:
    """Register a planter."""

    def keep(planter: Planter) -> Planter:
        PLANTERS.append(Planted(keys, planter, bare, only_grows))
        return planter

    return keep
