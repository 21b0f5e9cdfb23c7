"""What a tale is: a deed of the centre and, by preset, the clauses it carries out."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.charter.centre import Centre

Scenario = Callable[[Centre], None]


@dataclass(frozen=True)
class Tale:
    """`clears` is done first where the charter itself is the proof."""

    capability: str
    scenario: Scenario
    clauses: dict[str, tuple[str, ...]]
    clears: Scenario | None = None

    @property
    def name(self) -> str:
        return f"{self.capability}-{self.scenario.__name__}"


TALES: list[Tale] = []


def carries(
    capability: str, clears: Scenario | None = None, **clauses: tuple[str, ...]
) -> Callable[[Scenario], Scenario]:
    """Tells a scenario of a capability; one scenario may be told of several."""

    def keep(scenario: Scenario) -> Scenario:
        TALES.append(Tale(capability, scenario, clauses, clears))
        return scenario

    return keep
