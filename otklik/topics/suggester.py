"""The topic of a message: the model learnt from our phrases and the key words of the tree, added up.

Built once from `data/` (some ten seconds) and kept on disk under the digest of that data. Called by `services`.
"""

import pickle
import random
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import joblib
import numpy as np
from numpy.typing import NDArray

from otklik.common.memory import begin_process
from otklik.language.lemmas import tokens
from otklik.language.morphology import forms
from otklik.topics import rules, tree
from otklik.topics.calibration import known_temperature
from otklik.topics.kept import common_path
from otklik.topics.keywords import Hit, Lexicon, strengths
from otklik.topics.learning import Floats, Seen, TopicModel, probabilities, readable
from otklik.topics.rules import Suggestion

KEYWORDS = 0.2
"""What evidence of key words weighs beside the model's score (measured on labelled exports)."""
HARDER = 1.4
"""Real letters are harder than phrases written for the tree. On labelled exports of two regions probabilities
come true at this many times the temperature that the unseen phrases give."""
SPOILT = (
    *(OSError, EOFError, ValueError, TypeError, AttributeError, ImportError, LookupError, MemoryError),
    pickle.UnpicklingError,
)
"""What reading a cut or foreign file of a model may raise."""
UNFRAMED = frozenset({"unclear", "spam"})
LEAST_PART = 0.02
LITTLE = frozenset({"PREP", "CONJ", "PRCL", "NPRO", "Apro", "INTJ"})


@dataclass(frozen=True, slots=True)
class Suggester:
    """Suggests topics for many texts at once."""

    model: TopicModel
    lexicon: Lexicon
    titles: dict[str, str]

    def suggest(self, texts: Sequence[str], vectors: Floats | None = None) -> list[Suggestion]:
        """One suggestion per text, in the same order; `vectors` are those of `language.embed`."""
        if not texts:
            return []
        seen = self.model.look(texts, vectors)
        hits = [self.lexicon.hits(readable(text)) for text in texts]
        told = probabilities(
            self.model.scores(seen) + KEYWORDS * strengths(hits, self.model.labels), self.model.temperature
        )
        known = self.model.knows(seen)
        order = np.argsort(-told, axis=1)[:, : rules.MOST_ALTERNATIVES + 1]
        words = self._deciding_words(texts, seen, order[:, 0], hits)
        return [
            rules.suggest(
                [(self.model.labels[at], float(told[row, at])) for at in order[row]],
                words[row],
                self.titles,
                int(known[row]),
            )
            if seen.marks.indptr[row] < seen.marks.indptr[row + 1]
            else rules.NOTHING
            for row in range(len(texts))
        ]

    def _deciding_words(
        self, texts: Sequence[str], seen: Seen, best: NDArray[np.int_], hits: Sequence[Sequence[Hit]]
    ) -> list[list[str]]:
        parts = self.model.word_parts(seen, best)
        return [
            deciding_words(text, self.model.labels[label], found, said)
            for text, label, found, said in zip(texts, best, hits, parts, strict=True)
        ]


def deciding_words(text: str, topic: str, hits: Sequence[Hit], parts: dict[str, float]) -> list[str]:
    """Words of the text that spoke for the topic: key words first, then what the model weighs most."""
    keyed = [word for hit in hits if hit.topic == topic for word in hit.said]
    written = {token.lemma: token.word for token in reversed(tokens(text))}
    weighty = sorted(
        (lemma for lemma, part in parts.items() if part > LEAST_PART and lemma in written and tells(lemma)),
        key=lambda lemma: -parts[lemma],
    )
    return list({word.lower(): word for word in [*keyed, *(written[lemma] for lemma in weighty)]}.values())


def tells(lemma: str) -> bool:
    """Whether a word is worth showing as a reason: «после» and «к» weigh in the model and explain nothing."""
    return len(lemma) > 1 and not forms(lemma)[0].marks & LITTLE


def open_suggester(folder: Path) -> Suggester:
    """The suggester of today's data, kept in this folder; a kept file that cannot be read is made anew.

    Learning takes a quarter more memory than reading ever will, so it is done by a process that ends with it.
    Raises OSError where the folder cannot be written.
    """
    path = common_path(folder)
    kept = read_kept(path)
    if kept is None:
        with ProcessPoolExecutor(1, get_context("spawn"), initializer=begin_process) as pool:
            pool.submit(_make, path).result()
        kept = read_kept(path)
    return kept or build()


def _make(path: Path) -> None:
    keep(build(), path)
    for older in path.parent.glob("topics-*.joblib"):
        if older != path:
            older.unlink(missing_ok=True)


def keep(built: Suggester, path: Path) -> None:
    """Put the suggester on the disk whole: a reader meets the older file or this one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(f".{random.SystemRandom().randrange(10**9)}")
    joblib.dump(built, unfinished)
    unfinished.replace(path)


def build(own: Sequence[tuple[str, str]] = ()) -> Suggester:
    """Learn from the phrases, and from labelled texts (text, topic key) where a municipality has its own.

    The same data always give the same suggester.
    """
    cards = tree.topic_cards()
    model = taught_model(own, None if own else known_temperature())
    model.temperature *= HARDER
    return Suggester(model, _lexicon(), {card.key: card.title for card in cards})


def taught_model(own: Sequence[tuple[str, str]] = (), temperature: float | None = None) -> TopicModel:
    """The model of the phrases and of own labels, calibrated on them unless the temperature is known."""
    cards = tree.topic_cards()
    lexicon = _lexicon()
    texts, labels, kin = taught_texts()
    known = {card.key for card in cards}
    own = [(text, key) for text, key in own if key in known]
    texts += [text for text, _ in own]
    labels += [key for _, key in own]
    kin += range(len(kin), len(kin) + len(own))
    hits = [lexicon.hits(readable(text)) for text in texts]
    beside = KEYWORDS * strengths(hits, sorted(card.key for card in cards))
    return TopicModel().fit(texts, labels, kin=kin, beside=beside, temperature=temperature)


def _lexicon() -> Lexicon:
    return Lexicon({card.key: card.keywords for card in tree.topic_cards()})


def taught_texts() -> tuple[list[str], list[str], list[int]]:
    """Each phrase as it is and once inside a letter, its label, and the number of the phrase.

    Real letters greet, name landmarks and complain of officials whatever they are about; without such letters
    the model would take a school across the road for the matter.
    """
    chance = random.Random(59)  # noqa: S311 - the same letters every time
    texts, labels, kin = [], [], []
    for number, phrase in enumerate(tree.phrases()):
        forms = [phrase.text] if phrase.key in UNFRAMED else [phrase.text, _letter(phrase.text, chance)]
        texts += forms
        labels += [phrase.key] * len(forms)
        kin += [number] * len(forms)
    return texts, labels, kin


def _letter(phrase: str, chance: random.Random) -> str:
    frames = tree.frames()
    parts = [phrase if phrase[-1] in ".!?" else f"{phrase}."]
    if chance.random() < 0.6:
        parts.insert(chance.randrange(2), chance.choice(frames["place"]))
    if chance.random() < 0.6:
        parts.insert(0, chance.choice(frames["open"]))
    if chance.random() < 0.7:
        parts.append(chance.choice(frames["close"]))
    return " ".join(parts)


def read_kept(path: Path) -> Suggester | None:
    """The suggester of this file, None when there is none or it cannot be read."""
    try:
        kept: Any = joblib.load(path)
    except SPOILT:
        return None
    return kept if isinstance(kept, Suggester) else None
