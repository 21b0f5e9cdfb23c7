"""The settlements and streets of one municipality, ready to be recognised in a text.

A value without a database: `selectors.gazetteer_of` builds it from tables, tests and benches from lists.
Called by the rules beside it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from otklik.places.spelling import distance, fold, shortened, word_forms


@dataclass(frozen=True, slots=True)
class SettlementFact:
    """A settlement: official name in the nominative, kind («г», «д», «с», «х»…), degrees WGS84 where known."""

    name: str
    kind: str = ""
    oktmo: str = ""
    lat: float | None = None
    lon: float | None = None
    population: int | None = None
    aliases: tuple[str, ...] = ()
    is_centre: bool = False


@dataclass(frozen=True, slots=True)
class StreetFact:
    """A street of a settlement by its nominative without the kind."""

    settlement: str
    name: str
    kind: str = "ул."
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class NameForm:
    """One case form of a settlement's name, word by word in folded spelling."""

    words: tuple[str, ...]
    settlement: SettlementFact


@dataclass(frozen=True)
class Gazetteer:
    """All places of a municipality with indexes by folded first word."""

    municipality: str
    settlements: tuple[SettlementFact, ...] = ()
    streets: tuple[StreetFact, ...] = ()
    _guesses: dict[str, SettlementFact | None] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def forms(self) -> dict[str, tuple[NameForm, ...]]:
        """Case forms of settlement names by their first word, longer names first."""
        index: dict[str, list[NameForm]] = {}
        for settlement in self.settlements:
            for name in (settlement.name, *settlement.aliases):
                for words in name_forms(name):
                    index.setdefault(words[0], []).append(NameForm(words, settlement))
        return {first: tuple(sorted(found, key=lambda f: -len(f.words))) for first, found in index.items()}

    @cached_property
    def _near_keys(self) -> dict[str, set[str]]:
        keys: dict[str, set[str]] = {}
        for first, found in self.forms.items():
            if any(len(form.words) == 1 for form in found) and len(first) >= 5:
                for key in shortened(first, 2 if len(first) >= 9 else 1):
                    keys.setdefault(key, set()).add(first)
        return keys

    def guess(self, word: str) -> SettlementFact | None:
        """The settlement of a misspelt one-word name, None when nothing or more than one is near."""
        word = fold(word)
        if word not in self._guesses:
            self._guesses[word] = self._nearest(word)
        return self._guesses[word]

    def _nearest(self, word: str) -> SettlementFact | None:
        if len(word) < 5 or not self.settlements:
            return None
        limit = 2 if len(word) >= 9 else 1
        near = {form for key in shortened(word, limit) for form in self._near_keys.get(key, ())}
        ranked = sorted(
            (distance(word, form, limit), form)
            for form in near
            if form[0] == word[0] or form[1:3] == word[1:3]
        )
        best = [form for apart, form in ranked if apart <= limit and apart == ranked[0][0]]
        names = {
            form.settlement.name: form.settlement
            for first in best
            for form in self.forms[first]
            if len(form.words) == 1
        }
        return next(iter(names.values())) if len(names) == 1 else None

    @cached_property
    def street_names(self) -> dict[str, tuple[StreetFact, ...]]:
        """Streets by folded nominative name."""
        index: dict[str, list[StreetFact]] = {}
        for street in self.streets:
            index.setdefault(fold(street.name), []).append(street)
        return {name: tuple(found) for name, found in index.items()}

    def settlement(self, name: str) -> SettlementFact | None:
        """The settlement of this official name."""
        return self._by_name.get(fold(name))

    @cached_property
    def _by_name(self) -> dict[str, SettlementFact]:
        return {fold(item.name): item for item in self.settlements}


@lru_cache(maxsize=4096)
def name_forms(name: str) -> frozenset[tuple[str, ...]]:
    """Case forms of a whole name; every word changes by itself, so mixed forms are among them."""
    forms: list[tuple[str, ...]] = [()]
    for word in name.split():
        forms = [(*head, form) for head in forms for form in word_forms(word)]
    head, _, tail = name.rpartition(" ")
    if head and tail[:1].isdigit():
        forms += [(f"{first[0]}-{tail.split('-')[0]}",) for first in forms if len(first) == 2]
    return frozenset(forms)


def gazetteer(
    municipality: str, settlements: Iterable[SettlementFact], streets: Iterable[StreetFact] = ()
) -> Gazetteer:
    """A gazetteer from any lists."""
    return Gazetteer(municipality, tuple(settlements), tuple(streets))
