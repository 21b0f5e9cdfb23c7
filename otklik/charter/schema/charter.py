"""The whole charter of one municipality and the checks that need more than one part of it."""

from collections.abc import Iterable, Iterator

from pydantic import model_validator

from otklik.charter.permissions import PERMISSIONS
from otklik.charter.schema.analysis import Criterion
from otklik.charter.schema.base import Key, Part, Table
from otklik.charter.schema.identity import Act, Form, Identity, Planning, Versions
from otklik.charter.schema.intake import Applicants, Channel, Regime
from otklik.charter.schema.office import Goal, Indicator, Meetings, Polls, Problems, Report
from otklik.charter.schema.parameters import ParameterKey, ParameterRows
from otklik.charter.schema.people import Body, Holder, Post, Role
from otklik.charter.schema.risks import RiskLevel, RiskProcedure
from otklik.charter.schema.topics import Block, TopicPlan
from otklik.charter.schema.work import AnswerRoute, EscalationStep, FastTrack, Numbering, Rating, WorkHours

Claim = tuple[str, str]


class Charter(Part):
    """A municipality's Положение as data; get it by `charter.selectors.charter_of(municipality)`."""

    key: Key
    identity: Identity
    acts: Table[Act]
    versions: Versions
    form: Form
    planning: Planning
    bodies: Table[Body]
    posts: Table[Post]
    roles: Table[Role]
    applicants: Applicants
    regime: Regime
    channels: Table[Channel]
    topics: TopicPlan
    blocks: Table[Block]
    rating: Rating
    reports: Table[Report]
    fast_track: FastTrack
    meetings: Meetings
    risks: RiskProcedure
    risk_levels: Table[RiskLevel]
    polls: Polls
    goal: Goal
    indicators: Table[Indicator]
    criteria: Table[Criterion] = {}  # charters stored by earlier versions have none
    problems: Problems
    answers: list[AnswerRoute]
    escalation: list[EscalationStep]
    numbering: Numbering
    hours: WorkHours
    parameters: dict[ParameterKey, ParameterRows]

    def roles_on(self) -> list[Role]:
        """Roles that exist here, in the order of the file."""
        return [role for role in self.roles.values() if role.on]

    def holders_of(self, role_key: str) -> list[Holder]:
        """Posts that hold a role, block heads and members of the blocks included."""
        role = self.roles.get(role_key)
        if role is None or not role.on:
            return []
        return [*role.holders, *self._holders_from_blocks(role_key)]

    def _holders_from_blocks(self, role_key: str) -> Iterator[Holder]:
        for block in self.blocks.values():
            if role_key == "block_head" and block.head:
                yield Holder(post=block.head, acting=block.head_acting, block=block.key)
            if role_key == "block_member":
                yield from (Holder(post=post, block=block.key) for post in block.members)

    def catch_all_block(self) -> Block | None:
        """The block that takes topics no other block takes; None where the charter has no blocks."""
        return next((block for block in self.blocks.values() if block.catch_all), None)

    @model_validator(mode="after")
    def _names_lead_somewhere(self) -> "Charter":
        broken = [
            *_strangers(self._claims_of("bodies"), self.bodies, "органа"),
            *_strangers(self._claims_of("posts"), self.posts, "должности"),
            *_strangers(self._claims_of("roles"), self.roles, "роли"),
            *_strangers(self._claims_of("channels"), self.channels, "канала"),
            *_strangers(self._claims_of("acts"), self.acts, "акта"),
            *_strangers(self._claims_of("blocks"), self.blocks, "блока"),
            *_strangers(self._claims_of("indicators"), self.indicators, "показателя"),
            *_strangers(self._claims_of("permissions"), PERMISSIONS, "права"),
            *self._block_faults(),
        ]
        if broken:
            raise CrossError(broken)
        return self

    def _claims_of(self, table: str) -> Iterable[Claim]:
        """Every place that names a row of the table: (place in the file, key named)."""
        return [(place, key) for place, kind, key in _claims(self) if kind == table and key]

    def _block_faults(self) -> Iterator[Claim]:
        taken: dict[str, str] = {}
        for block in self.blocks.values():
            for group in block.groups:
                if group in taken:
                    yield f"blocks.{block.key}.groups", f"группа {group} уже у блока {taken[group]}"
                taken[group] = block.key
        if self.blocks and sum(block.catch_all for block in self.blocks.values()) != 1:
            yield "blocks", "нужен ровно один блок с catch_all = true"


class CrossError(ValueError):
    """Keys that name nothing: pairs (place in the file, what is wrong), in Russian."""

    def __init__(self, faults: list[Claim]) -> None:
        super().__init__("; ".join(f"{place}: {words}" for place, words in faults))
        self.faults = faults


def _strangers(claims: Iterable[Claim], known: Iterable[str], what: str) -> Iterator[Claim]:
    names = set(known)
    return ((place, f"нет {what} с ключом {key}") for place, key in claims if key not in names)


def _claims(charter: Charter) -> Iterator[tuple[str, str, str | None]]:
    yield "identity.controller", "posts", charter.identity.controller
    yield "identity.leader", "posts", charter.identity.leader
    yield "versions.charter", "acts", charter.versions.charter
    yield "versions.composition", "acts", charter.versions.composition
    yield "versions.risk_procedure", "acts", charter.versions.risk_procedure
    yield "risks.officer", "roles", charter.risks.officer
    yield "risks.chat.channel", "channels", charter.risks.chat.channel if charter.risks.chat else None
    yield "polls.authorised_role", "roles", charter.polls.authorised_role
    yield "topics.defined_by", "roles", charter.topics.defined_by
    yield from _people_claims(charter)
    yield from _work_claims(charter)


def _people_claims(charter: Charter) -> Iterator[tuple[str, str, str | None]]:
    for body in charter.bodies.values():
        yield f"bodies.{body.key}.parent", "bodies", body.parent
    for post in charter.posts.values():
        yield f"posts.{post.key}.body", "bodies", post.body
    for role in charter.roles.values():
        place = f"roles.{role.key}"
        yield f"{place}.substituted_by", "roles", role.substituted_by
        yield f"{place}.appointed_by", "roles", role.appointed_by
        yield from ((f"{place}.combines_with", "roles", key) for key in role.combines_with)
        yield from ((f"{place}.permissions", "permissions", key) for key in role.permissions)
        for holder in role.holders:
            yield f"{place}.holders", "posts", holder.post
            yield f"{place}.holders", "blocks", holder.block
    for block in charter.blocks.values():
        yield f"blocks.{block.key}.head", "posts", block.head
        yield from ((f"blocks.{block.key}.members", "posts", key) for key in block.members)
        yield from ((f"blocks.{block.key}.bodies", "bodies", key) for key in block.bodies)


def _work_claims(charter: Charter) -> Iterator[tuple[str, str, str | None]]:
    for channel in charter.channels.values():
        yield f"channels.{channel.key}.owner_role", "roles", channel.owner_role
        yield f"channels.{channel.key}.through", "channels", channel.through
    for number, rule in enumerate(charter.regime.rules):
        yield from ((f"regime.rules.{number}.channels", "channels", key) for key in rule.channels)
    for number, route in enumerate(charter.answers):
        yield f"answers.{number}.signs", "roles", route.signs
        yield from ((f"answers.{number}.approves", "roles", key) for key in route.approves)
        yield from ((f"answers.{number}.channels", "channels", key) for key in route.channels)
    for number, step in enumerate(charter.escalation):
        yield f"escalation.{number}.to", "roles", step.to
    for report in charter.reports.values():
        yield f"reports.{report.key}.prepared_by", "roles", report.prepared_by
        yield f"reports.{report.key}.verified_by", "roles", report.verified_by
        yield f"reports.{report.key}.channel", "channels", report.channel
    for name in ("chair", "deputy_chair", "organiser", "keeper", "signer", "agenda_approver"):
        yield f"meetings.{name}", "roles", getattr(charter.meetings, name)
    yield from (("rating.channels", "channels", key) for key in charter.rating.channels)
    yield from (("rating.by_roles", "roles", key) for key in charter.rating.by_roles)
    yield from (("fast_track.channels", "channels", key) for key in charter.fast_track.channels)
    yield "goal.set_by", "roles", charter.goal.set_by
    yield "goal.met_by", "roles", charter.goal.met_by
    yield from (("goal.indicators", "indicators", key) for key in charter.goal.indicators)
