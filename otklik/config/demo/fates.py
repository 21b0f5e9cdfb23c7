"""What becomes of each demo case: ends dealt from shuffled decks, so that every state is seen and few are late."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from random import Random

from otklik.accounts.models import Body, Holding, User
from otklik.accounts.selectors import people_with
from otklik.cases.models import Case
from otklik.cases.services.answers import route_of
from otklik.charter.selectors import clauses_of
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.config.demo.messages import MessageMaker, Sample
from otklik.config.demo.story import Story
from otklik.deadlines.selectors import calendar_of

# Where stories rest: a state, or «forgotten» (nobody touches it), «returned» (a rough draft given back),
# «extended», «interim». A term that has run out moves on everyone but the forgetful.
TODAY = ("assigned", "assigned", "in_work", "in_work", "on_approval", "closed")
FRESH = (
    "on_approval", "placing", "signing", "asking", "in_work", "placing", "assigned", "sent", "returned",
    "closed", "interim", "closed", "in_work", "closed",
)  # fmt: skip
OLD = (
    ("closed",) * 20
    + ("sent",) * 4
    + ("signing", "placing", "interim", "forgotten", "forgotten", "forgotten")
)
OLD_APPEALS = ("closed",) * 7 + (
    "asking", "left", "forwarded", "extended", "on_approval", "signing", "sent", "in_work",
)  # fmt: skip
# Messages of several questions have a rough draft that answers half of them: hints and open questions to look at.
ROUGH = ("returned", "on_approval", "returned", "closed")
FRESH_DAYS = 4
# Each so many a message of the channel is answered by its officer, where the charter asks so.
EACH = 7
OFFICERS = {"pos_officer": "pos", "incident_officer": "incident"}
# Even a forgotten case is found sooner or later.
FORGOTTEN_DAYS = 14


class Deck:
    """Deals the ends one by one and shuffles anew when all are dealt; the first deal goes as written."""

    def __init__(self, ends: Sequence[str], chance: Random) -> None:
        self._ends, self._chance, self._left = ends, chance, list(reversed(ends))

    def deal(self) -> str:
        if not self._left:
            self._left = list(self._ends)
            self._chance.shuffle(self._left)
        return self._left.pop()


class Fates:
    """Carries cases of one town forward in time, up to now; knows who does what there."""

    def __init__(self, municipality: Municipality, maker: MessageMaker, now: datetime) -> None:
        self.town, self.maker, self.chance, self.now = municipality, maker, maker.chance, now
        self.calendar = calendar_of(municipality)
        self.bodies = list(Body.objects.filter(municipality=municipality, is_external=False, is_open=True))
        self.outer = list(Body.objects.filter(municipality=municipality, is_external=True))
        self.sorter = self.who("cases.assign")
        self.signer = self.who("cases.sign_answer")
        self.sender = self.who("cases.send_answer") or self.sorter
        self._officers = self._officers_who_answer()
        self._workers: dict[tuple[int | None, tuple[str, ...]], User | None] = {}
        self._approvers: dict[tuple[tuple[str, ...], str, int], User | None] = {}
        self._decks = {ends: Deck(ends, self.chance) for ends in (TODAY, FRESH, ROUGH, OLD, OLD_APPEALS)}

    def carry_all(self, cases: Iterable[Case]) -> None:
        """Play the deeds of each case in turn."""
        for case in cases:
            self.carry(case)

    def carry(self, case: Case) -> None:
        """Play the deeds of one case; a rule's refusal ends its story where it stands."""
        try:
            Story(case, self._end_of(case), self).play()
        except Refused:
            return

    def _end_of(self, case: Case) -> str:
        age = (self.now - case.came_at) / timedelta(days=1)
        if age < FRESH_DAYS:
            return self._decks[TODAY if age < 1 else ROUGH if self.sample_of(case).rough else FRESH].deal()
        end = self._decks[OLD_APPEALS if case.kind == "appeal" else OLD].deal()
        return "closed" if end == "forgotten" and age > FORGOTTEN_DAYS else end

    def sample_of(self, case: Case) -> Sample:
        """The message the case was made of, with its answers."""
        return self.maker.sample_of[case.raw.outer_id] if case.raw else self.maker.samples[0]

    def who(self, permission: str) -> User | None:
        return people_with(permission, self.town).order_by("id").first()

    def worker(self, case: Case) -> User | None:
        """An executor of the case's body, else anybody who executes; never the one who will approve."""
        roles = tuple(route_of(case).approves)
        officer = self._officers.get(case.channel.kind)
        if officer is not None and int(case.order_number or 0) % EACH == 0:
            return officer
        asked = case.body_id, roles
        if asked not in self._workers:
            self._workers[asked] = self._worker(case.body, roles)
        return self._workers[asked]

    def _officers_who_answer(self) -> dict[str, User]:
        """Officers of ПОС and of Инцидент by the channel they lead, where a clause asks them to answer themselves."""
        if not clauses_of(self.town).filter(evidence_key="answers.by_officer").exists():
            return {}
        held = Holding.objects.filter(
            municipality=self.town,
            until=None,
            role__key__in=OFFICERS,
            role__permissions__contains=["cases.work"],
        )
        return {
            OFFICERS[one.role.key]: one.user for one in held.select_related("role", "user").order_by("-pk")
        }

    def _worker(self, body: Body | None, roles: Sequence[str]) -> User | None:
        approvers = Holding.objects.filter(municipality=self.town, role__key__in=roles)
        workers = people_with("cases.work", self.town, body) if body else None
        others = workers.exclude(pk__in=approvers.values("user")) if workers is not None else None
        found = others.order_by("id").first() if others is not None else None
        return found or self.who("cases.work")

    def approver(self, case: Case, author: User) -> User | None:
        """Somebody of the charter's route who is not the author."""
        asked = tuple(route_of(case).approves), case.block_key, author.pk
        if asked not in self._approvers:
            self._approvers[asked] = self._approver(*asked)
        return self._approvers[asked]

    def _approver(self, roles: Sequence[str], block: str, author: int) -> User | None:
        held = Holding.objects.filter(municipality=self.town, role__key__in=roles, until=None)
        others = held.exclude(user=author).select_related("user")
        of_block = others.filter(block_key=block).first() if block else None
        found = of_block or others.first()
        return found.user if found else None
