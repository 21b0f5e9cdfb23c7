"""A centre as its charter makes it: every deed of a scenario is done by somebody whom the charter gives the right.

Scenarios of capabilities share it: `who` finds the person and fails by the name of the right when the charter gives
it to nobody.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from otklik.accounts.models import Body, Post, User
from otklik.accounts.selectors import held_posts, rights_of
from otklik.cases import services
from otklik.cases.models import Case
from otklik.cases.services.answers import route_of
from otklik.common.models import Municipality
from otklik.config.demo.year.cast import Cast
from otklik.topics.models import Block
from tests.town import Town

POTHOLE = "На улице Советской напротив дома 12 огромная яма, пробили колесо. Когда заделаете?"
DONE = "Яму у дома 12 по улице Советской заделали 13 октября, работы приняты."


@dataclass
class Centre:
    """A town of a preset with an account for each role of its charter."""

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
    def cast(self) -> Cast:
        return Cast(self.whose, self.now)

    def who(self, permission: str, body: Body | None = None, but: User | None = None) -> User:
        """Somebody who has the right by a role of the charter."""
        found = self.cast.who(permission, body, but=but)
        assert found is not None, f"{self.whose.key}: no role gives {permission}"
        return found

    def of_role(self, key: str) -> User:
        return self.cast.of_role(key)[0]

    @cached_property
    def body(self) -> Body:
        """The first inner body with somebody who works on cases."""
        return next(one for one in self.town.bodies if self.cast.who("cases.work", one))

    @property
    def block(self) -> Block:
        """The first block with a head of its own, else the first."""
        blocks = list(Block.objects.filter(municipality=self.whose).order_by("position"))
        return next((one for one in blocks if self.cast.of_block(one.key)), blocks[0])

    @cached_property
    def posts(self) -> list[tuple[Post, User]]:
        """Posts that somebody holds, with who does."""
        held = held_posts(self.whose).select_related("post__body", "user").order_by("pk")
        return list({one.post_id: (one.post, one.user) for one in held if one.post is not None}.values())

    def post_of_others(self, *people: User) -> Post:
        """A post that somebody holds and none of these people does."""
        own = {post for one in people for post in rights_of(one, self.whose).post_ids}
        return next(post for post, _ in self.posts if post.pk not in own)

    def case(self, kind: str = "pos", text: str = POTHOLE, **more: object) -> Case:
        return self.town.case(text, kind, self.now, **more)

    def assigned(self, kind: str = "pos") -> Case:
        sorter = self.who("cases.assign")
        return services.assign_case(self.case(kind), self.body, sorter, self.now, "разобрано")

    def answered(self, kind: str = "pos", block: str = "") -> Case:
        """A case carried to its answer by the route of the charter."""
        case, worker = self.assigned(kind), self.who("cases.work", self.body)
        Case.objects.filter(pk=case.pk).update(block_key=block or case.block_key)
        services.take_case(case, worker, self.now)
        services.save_draft(case, DONE, "solved", None, 0, worker)
        services.submit_answer(case, worker, self.now)
        route = route_of(case)
        approver = next(one for key in route.approves for one in self.cast.of_role(key) if one != worker)
        services.approve_answer(case, approver, self.now)
        case.refresh_from_db()
        if case.state == "signing":
            services.sign_answer(case, self.who("cases.sign_answer"), self.now)
            case.refresh_from_db()
        if case.state == "placing":
            services.mark_placed(case, "https://vk.example/1", self.who("cases.send_answer"), self.now)
            case.refresh_from_db()
        return case
