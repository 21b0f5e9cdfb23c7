"""A small town for stories: Anna writes, Boris executes, Vera curates, Galina signs, Gleb is from another body.

Built from a real preset through the services, so a broken loader breaks every story.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import count

from otklik.accounts.models import Body, Role, User
from otklik.accounts.services import Appointment, give_role, load_people
from otklik.cases.models import Case
from otklik.cases.services.intake import register_case
from otklik.channels.incoming import Incoming
from otklik.channels.models import Channel, RawMessage
from otklik.channels.services import keep_raw, load_channels
from otklik.charter.files import preset_folders
from otklik.charter.selectors import charter_of
from otklik.charter.services import load_charter
from otklik.common.models import Municipality
from otklik.common.scope import set_scope
from otklik.deadlines.services import load_calendar
from otklik.places.services import load_gazetteer
from otklik.routing.services import load_rules
from otklik.topics.services import load_blocks, load_topics

SINCE = date(2026, 1, 1)
_numbers = count(1)


@dataclass
class Town:
    """A municipality with its people; everyone is made when first asked for."""

    municipality: Municipality

    def user_with(
        self, name: str, permissions: list[str], body: Body | None = None, role_key: str = ""
    ) -> User:
        """A person with exactly these permissions, by a role of the charter when its key is given."""
        user = User.objects.create_user(
            f"{self.municipality.key}-{name}-{next(_numbers)}", "correct horse 59"
        )
        if role_key:
            role = Role.objects.get(municipality=self.municipality, key=role_key)
        else:
            role = Role.objects.create(
                municipality=self.municipality,
                key=f"test-{next(_numbers)}",
                title=name,
                permissions=permissions,
            )
        give_role(user, Appointment(role, SINCE, body=body), None)
        return user

    @cached_property
    def bodies(self) -> list[Body]:
        return list(Body.objects.filter(municipality=self.municipality, is_external=False).order_by("id"))

    @cached_property
    def boris(self) -> User:
        """Executes in the first body."""
        return self.user_with("boris", ["cases.view_body", "cases.work"], self.bodies[0])

    @cached_property
    def gleb(self) -> User:
        """Executes in another body."""
        return self.user_with("gleb", ["cases.view_body", "cases.work"], self.bodies[-1])

    @cached_property
    def vera(self) -> User:
        """Curates: sorts, assigns, approves by every role the charter's routes name."""
        vera = self.user_with("vera", ALL_BUT_SIGNING)
        for key in {key for route in charter_of(self.municipality).answers for key in route.approves}:
            give_role(
                vera, Appointment(Role.objects.get(municipality=self.municipality, key=key), SINCE), None
            )
        return vera

    @cached_property
    def galina(self) -> User:
        """Signs."""
        return self.user_with("galina", [], role_key="signer")

    def channel(self, kind: str) -> Channel:
        """The town's channel of this kind; made when the charter names none."""
        found = Channel.objects.filter(municipality=self.municipality, kind=kind).first()
        return found or Channel.objects.create(
            municipality=self.municipality, key=kind, kind=kind, title=kind
        )

    def raw(
        self, text: str, kind: str = "web_form", now: datetime | None = None, **more: object
    ) -> RawMessage:
        """A raw message of the channel, as its adapter would hand it over."""
        came = now or datetime.fromisoformat("2026-10-20T09:00:00+03:00")
        incoming = Incoming(outer_id=f"t-{next(_numbers)}", text=text, came_at=came, **more)  # type: ignore[arg-type]
        raw, _ = keep_raw(incoming, self.channel(kind))
        return raw

    def case(self, text: str, kind: str = "web_form", now: datetime | None = None, **more: object) -> Case:
        """A registered case; mail is typed in by a clerk, for by itself it is only explained."""
        came = now or datetime.fromisoformat("2026-10-20T09:00:00+03:00")
        clerk = self.vera if kind == "email" else None
        return register_case(self.raw(text, kind, came, **more), clerk, came)


ALL_BUT_SIGNING = [
    "cases.view", "cases.view_personal", "cases.register", "cases.sort", "cases.assign", "cases.work",
    "cases.approve_answer", "cases.send_answer", "cases.extend_term", "cases.forward", "cases.leave", "cases.join",
    "cases.close", "cases.reopen", "cases.bulk", "cases.export", "channels.view_raw", "channels.import",
    "routing.edit", "accounts.manage", "charter.view", "charter.confirm", "audit.view", "satisfaction.view",
]  # fmt: skip


def build_town(key: str = "borovichi") -> Town:
    """Load a preset whole, put it into the scope of the running transaction."""
    load_topics()
    load_calendar()
    municipality = load_charter(preset_folders()[key]).municipality
    set_scope(Municipality.objects.values_list("id", flat=True))
    charter = charter_of(municipality)
    for load in (load_people, load_blocks, load_gazetteer, load_channels, load_rules):
        load(charter, municipality)
    return Town(municipality)
