"""What registration knows of a municipality: charter, rules, gazetteer, topics, calendar — read once a batch."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from otklik.accounts.models import Body
from otklik.cases.models import Case
from otklik.channels.models import Channel
from otklik.charter.schema import Charter
from otklik.charter.selectors import charter_of, parameters_of
from otklik.charter.values import ParameterValue
from otklik.common.models import Municipality
from otklik.deadlines.calendar import WorkCalendar
from otklik.deadlines.selectors import calendar_of
from otklik.places.gazetteer import Gazetteer
from otklik.places.models import Settlement
from otklik.places.selectors import gazetteer_of
from otklik.routing.rules import RuleCard
from otklik.routing.selectors import working_cards
from otklik.topics.models import Topic


@dataclass
class Knowledge:
    """Lazy: a deed that needs only the calendar reads only the calendar."""

    municipality: Municipality

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.municipality.time_zone)

    @cached_property
    def charter(self) -> Charter:
        return charter_of(self.municipality)

    @cached_property
    def calendar(self) -> WorkCalendar:
        return calendar_of(self.municipality)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        return gazetteer_of(self.municipality.key)

    @cached_property
    def rules(self) -> list[RuleCard]:
        return working_cards(self.municipality)

    def stages_of(self, case: Case) -> Mapping[str, int]:
        """Norms of the fast-track mechanism whose rule has brought the case; empty where there is none."""
        if not case.fast_track or not case.rule_id:
            return {}
        kept = next((rule for rule in self.rules if rule.id == case.rule_id), None)
        if kept is not None:
            return kept.stages
        return case.rule.stages if case.rule else {}

    @cached_property
    def topics(self) -> dict[str, Topic]:
        return {topic.key: topic for topic in Topic.objects.filter(is_open=True)}

    def block_of(self, topic: Topic | None) -> str:
        """Key of the charter's block that answers for the topic; empty where the charter has no blocks."""
        if topic is None:
            return ""
        taken = (block.key for block in self.charter.blocks.values() if topic.group in block.groups)
        rest = self.charter.catch_all_block()
        return next(taken, rest.key if rest else "")

    @cached_property
    def settlements(self) -> dict[str, Settlement]:
        return {one.name: one for one in Settlement.objects.filter(municipality=self.municipality)}

    @cached_property
    def settlement_of_street(self) -> dict[str, str]:
        """Street name in lower case -> the only settlement that has it; a name of two settlements is left out."""
        homes: dict[str, set[str]] = {}
        for street in self.gazetteer.streets:
            homes.setdefault(street.name.lower(), set()).add(street.settlement)
        return {name: next(iter(found)) for name, found in homes.items() if len(found) == 1}

    @cached_property
    def channels(self) -> dict[int, Channel]:
        return {one.pk: one for one in Channel.objects.filter(municipality=self.municipality)}

    @cached_property
    def bodies(self) -> dict[int, Body]:
        return {one.pk: one for one in Body.objects.filter(municipality=self.municipality)}

    @cached_property
    def parameters(self) -> Mapping[str, ParameterValue]:
        """Parameters of the charter in force today."""
        return parameters_of(self.municipality)

    @cached_property
    def values(self) -> dict[str, object]:
        """The same as bare values, as `deadlines` reads them."""
        return {key: one.value for key, one in self.parameters.items()}

    def local(self, moment: datetime) -> datetime:
        """The moment in the municipality's own time."""
        return moment.astimezone(self.zone)
