"""Settlements named in a text: in any case, shortened, misspelt; common words and adjectives are none.

Called by `rules.find_place`. Each find has a weight: how plainly the words name a settlement.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from otklik.language.morphology import forms, is_known, marked
from otklik.places.gazetteer import Gazetteer, NameForm, SettlementFact
from otklik.places.street_names import kind_of
from otklik.places.tokens import Token

_KINDS = {
    "г": "г",
    "гор": "г",
    "с": "с",
    "д": "д",
    "дер": "д",
    "п": "п",
    "пос": "п",
    "рп": "рп",
    "пгт": "пгт",
    "х": "х",
    "хут": "х",
    "ст-ца": "ст-ца",
    "ст-це": "ст-ца",
    "ст-цы": "ст-ца",
    "стца": "ст-ца",
    "рзд": "рзд",
}
_KIND_STEMS = (
    ("город", "г"),
    ("деревн", "д"),
    ("деревушк", "д"),
    ("поселк", "п"),
    ("поселок", "п"),
    ("хутор", "х"),
    ("станиц", "ст-ца"),
    ("разъезд", "рзд"),
    ("станци", "ст"),
    ("сел", "с"),
)
_VILLAGE_WORDS = frozenset(["село", "села", "селу", "селе", "селом"])
_INTO = frozenset(["в", "во", "из", "до", "под", "около", "возле", "близ", "через", "за"])
_AT = frozenset(["на", "у", "по", "к", "от", "между", "с", "со", "и"])
_TOPONYM_BEFORE = (
    "озер",
    "рек",
    "речк",
    "гор",
    "ручь",
    "болот",
    "газет",
    "команд",
    "магазин",
    "гостиниц",
    "совхоз",
    "колхоз",
)


@dataclass(frozen=True, slots=True)
class FoundSettlement:
    """A settlement in the text: official name, gazetteer fact if known, where it stands, how plain it is."""

    name: str
    fact: SettlementFact | None
    start: int
    end: int
    weight: float


def find_settlements(text: str, tokens: list[Token], gazetteer: Gazetteer) -> list[FoundSettlement]:
    """Every settlement of the text in order."""
    return list(_found(text, tokens, gazetteer))


def _found(text: str, tokens: list[Token], gazetteer: Gazetteer) -> Iterator[FoundSettlement]:
    position = 0
    while position < len(tokens):
        found, last = _at(text, tokens, position, gazetteer)
        if found is not None:
            yield found
        position = max(last, position + 1)


def _at(
    text: str, tokens: list[Token], position: int, gazetteer: Gazetteer
) -> tuple[FoundSettlement | None, int]:
    token = tokens[position]
    if not token.is_word and not token.is_number:
        return None, position + 1
    typed = _kind_before(text, tokens, position)
    form = _form_at(tokens, position, gazetteer, typed)
    if form is not None:
        last = position + len(form.words)
        weight = _weight(text, tokens, position, last, typed)
        if weight > 0:
            return _of(form.settlement, tokens, position, last, weight), last
    if not token.is_word or kind_of(token.key) or _is_street_name(tokens, position):
        return None, position + 1
    guess = _misspelt(tokens, position, gazetteer, typed)
    if guess is not None:
        return _of(guess, tokens, position, position + 1, 2.0 if typed else 1.4), position + 1
    if typed and typed != "ст" and token.titled:
        return _unknown(text, tokens, position, typed)
    return None, position + 1


def _form_at(tokens: list[Token], position: int, gazetteer: Gazetteer, typed: str) -> NameForm | None:
    """The longest name that stands here; of namesakes the one of the said kind, else the centre."""
    fitting = [
        form
        for form in gazetteer.forms.get(tokens[position].key, ())
        if tuple(item.key for item in tokens[position : position + len(form.words)]) == form.words
    ]
    return max(
        fitting,
        key=lambda form: (len(form.words), form.settlement.kind == typed != "", form.settlement.is_centre),
        default=None,
    )


def _of(fact: SettlementFact, tokens: list[Token], first: int, last: int, weight: float) -> FoundSettlement:
    return FoundSettlement(fact.name, fact, tokens[first].start, tokens[last - 1].end, weight)


def _kind_before(text: str, tokens: list[Token], position: int) -> str:
    """The kind when a kind word stands right before: «д. », «в деревне », «г.»; else an empty string."""
    if position == 0:
        return ""
    before = tokens[position - 1]
    dotted = before.text == "." and position > 1 and before.start == tokens[position - 2].end
    word = tokens[position - 2] if dotted else before
    if not word.is_word or len(text[word.end : tokens[position].start].replace(".", "").replace(" ", "")) > 0:
        return ""
    kind = kind_word(word.key)
    if kind and len(word.key) == 1 and not dotted and not (word.key in "дхгп" and tokens[position].titled):
        return ""
    return kind


def kind_word(key: str) -> str:
    """The settlement kind that a folded word names, or an empty string."""
    if key in _KINDS:
        return _KINDS[key]
    if key in _VILLAGE_WORDS:
        return "с"
    for stem, kind in _KIND_STEMS:
        if kind != "с" and key.startswith(stem) and len(key) <= len(stem) + 3 and marked(key, "NOUN"):
            return kind
    return ""


def _is_street_name(tokens: list[Token], position: int) -> bool:
    """«Арчединская улица», «ул. Боровичи»: the word belongs to a street."""
    after = tokens[position + 1] if position + 1 < len(tokens) else None
    bends = tokens[position].key.endswith(("ая", "ой", "ую", "ий", "ый", "ом", "ого", "ому", "ое"))
    if bends and after is not None and after.is_word and kind_of(after.key) and len(after.key) > 1:
        return True
    back = position - 1
    while back >= 0 and (tokens[back].text in '.«"' or (tokens[back].is_number and "-" in tokens[back].text)):
        back -= 1
    return (
        back >= 0
        and tokens[back].is_word
        and kind_of(tokens[back].key) is not None
        and len(tokens[back].key) > 1
    )


def _weight(text: str, tokens: list[Token], first: int, last: int, typed: str) -> float:
    token = tokens[first]
    if _is_street_name(tokens, first) or (last - first > 1 and _is_street_name(tokens, last - 1)):
        return 0.0
    if typed:
        return 3.0 if token.titled or len(token.key) > 3 else 1.0
    before = tokens[first - 1] if first else None
    if (
        before is not None
        and before.is_word
        and before.key.startswith(_TOPONYM_BEFORE)
        and not kind_word(before.key)
    ):
        return 0.0
    if _kind_after(tokens, last):
        return 2.5
    preposition = before.key if before is not None and text[before.end : token.start] == " " else ""
    if last - first == 1 and is_ambiguous(token.key):
        return _ambiguous_weight(text, tokens, first, last, preposition)
    if token.titled:
        return 2.0 if preposition in _INTO or preposition in _AT else 1.6
    return 1.3 if preposition in _INTO else 0.9 if len(token.key) >= 6 or last - first > 1 else 0.0


def _kind_after(tokens: list[Token], last: int) -> bool:
    """«Перелучи, деревня»: the kind behind a comma or a space."""
    rest = [token for token in tokens[last : last + 2] if token.text not in ",("]
    return bool(rest) and len(rest[0].key) > 4 and kind_word(rest[0].key) in ("д", "х", "п", "ст-ца")


def is_ambiguous(key: str) -> bool:
    """Whether the word means something else too: a common word or a surname."""
    if not is_known(key):
        return False
    return any(form.known and "Geox" not in form.marks for form in forms(key))


def _ambiguous_weight(text: str, tokens: list[Token], first: int, last: int, preposition: str) -> float:
    """A common word or a surname is a settlement only with a capital after «в», «из» and the like."""
    token = tokens[first]
    if token.titled and _left_without(tokens, last) and marked(token.key, "NOUN", "nomn"):
        return 1.0
    if token.titled and preposition.startswith("жител") and not marked(token.key, "Surn"):
        return 1.5
    adjective_after_to = preposition in ("к", "ко") and marked(token.key, "ADJF")
    if not token.titled or (preposition not in _INTO and preposition != "на" and not adjective_after_to):
        return 0.0
    person = marked(token.key, "Surn") and not (preposition in ("в", "во") and marked(token.key, "loct"))
    if person and preposition not in ("из", "до"):
        return 0.0
    after = tokens[last] if last < len(tokens) else None
    follows = after is not None and after.is_word and text[tokens[last - 1].end : after.start] == " "
    if (
        follows
        and after is not None
        and marked(token.key, "ADJF")
        and marked(after.key, "NOUN")
        and not marked(after.key, "VERB")
    ):
        return 0.0
    if preposition == "на" and not marked(token.key, "plur"):
        return 0.0
    return 1.5


def _left_without(tokens: list[Token], last: int) -> bool:
    """«Безымянка без воды», «Прогресс остался без света»."""
    return last < len(tokens) and (
        tokens[last].key == "без" or tokens[last].key.startswith(("остал", "сидит"))
    )


def _misspelt(tokens: list[Token], position: int, gazetteer: Gazetteer, typed: str) -> SettlementFact | None:
    """A capitalised or typed word that the dictionary does not know and that is near one name."""
    token = tokens[position]
    before = tokens[position - 1].key if position else ""
    if len(token.key) < 5 or not (typed or token.titled or before in _INTO) or is_known(token.key):
        return None
    adjective = token.key.endswith(
        ("ский", "ского", "скому", "ским", "ском", "ская", "ской", "скую", "ское", "ские", "ских", "скими")
    )
    guess = gazetteer.guess(token.key)
    if guess is None or (adjective and not guess.name.endswith(("ий", "ая", "ое"))):
        return None
    return guess


def _unknown(text: str, tokens: list[Token], position: int, typed: str) -> tuple[FoundSettlement | None, int]:
    """A settlement the gazetteer lacks, named with its kind: «в деревне Малиновка»."""
    token = tokens[position]
    if (
        (typed == "г" and token.key in ("г", "года"))
        or len(token.text) < 3
        or (token.text.isupper() and len(token.text) > 12)
    ):
        return None, position + 1
    last = position + 1
    while last < len(tokens) and last < position + 3 and _joins(text, tokens, last):
        last += 1
    name = " ".join(_nominative(item, typed) for item in tokens[position:last])
    return FoundSettlement(name, None, token.start, tokens[last - 1].end, 2.2 if typed != "п" else 1.8), last


def _joins(text: str, tokens: list[Token], at: int) -> bool:
    before, token = tokens[at - 1], tokens[at]
    if text[before.end : token.start] != " " or kind_of(token.key) or kind_word(token.key):
        return False
    if token.is_number:
        return "-" in token.text
    return token.is_word and token.titled and marked(before.key, "ADJF") and not marked(token.key, "VERB")


def _nominative(token: Token, typed: str) -> str:
    """The name as the register has it: names after a kind word mostly stand in the nominative already."""
    key, shown = token.key, token.text[:1].upper() + token.text[1:]
    if token.is_number:
        return f"{token.text.split('-')[0]}-й"
    if key.endswith(("ове", "еве", "ине", "ыне")):
        return shown[:-1] + "о"
    if key.endswith("ах") and len(key) > 4:
        return shown[:-2] + ("и" if key[-3] in "гкхжшчщ" else "ы")
    if key.endswith(("ке", "ве", "не")):
        return shown[:-1] + "а"
    if key.endswith("ой") and typed in ("д", "ст-ца"):
        return shown[:-2] + "ая"
    return shown
