"""A topic model learnt from labelled texts: our own phrases, or what a municipality has labelled itself.

Two readers look at a text: a linear classifier of word forms and letter groups, exact on known words, and one of
meaning vectors, which knows synonyms. Their scores are added and brought to honest probabilities by one
temperature, found on texts that the readers had not seen (cross-validation).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.svm import LinearSVC

from otklik.language.embeddings import embed
from otklik.language.lemmas import lemmas, normal

Floats = NDArray[np.floating[Any]]

FOLDS = 3
READ_CHARACTERS = 1500
FAIR = 2 / 3
"""Of two classifiers of words one treats rare labels as equals, the other minds how often a label comes; the first
finds rare labels, the second errs less often. This is the first one's share."""
MEANING = 0.05
"""What the vectors' score weighs beside that of the words (measured on three labelled exports)."""
_PLACEHOLDER = re.compile(r"\[[А-ЯЁа-яё_ ]{2,20}\]|https?://\S+")


@dataclass(frozen=True, slots=True)
class Seen:
    """Texts as the readers see them: sparse marks of words and letters, and meaning vectors (n, 512)."""

    marks: csr_matrix
    vectors: Floats

    def rows(self, chosen: NDArray[np.bool_]) -> "Seen":
        return Seen(self.marks[chosen], self.vectors[chosen])


class TopicModel:
    """Fit on texts with labels, then ask for calibrated probabilities of every label."""

    def __init__(self) -> None:
        self.labels: tuple[str, ...] = ()
        self.temperature = 1.0
        self._words = TfidfVectorizer(analyzer=word_marks, sublinear_tf=True, dtype=np.float32)
        self._letters = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, preprocessor=clean, dtype=np.float32
        )
        self._weights = np.zeros((0, 0), dtype=np.float32)
        self._meaning_weights = np.zeros((0, 0), dtype=np.float32)
        self._shift = np.zeros(0, dtype=np.float32)
        self._names: NDArray[np.object_] | None = None

    def fit(
        self,
        texts: Sequence[str],
        labels: Sequence[str],
        vectors: Floats | None = None,
        kin: Sequence[int] | None = None,
        beside: Floats | None = None,
        temperature: float | None = None,
    ) -> Self:
        """Learn and calibrate. Texts with the same number in `kin` never stand on both sides of a trial.

        `beside` (texts, sorted labels) is evidence of another kind that will be added to the scores before they
        become probabilities; a `temperature` known beforehand saves looking for it. Raises ValueError when there
        are fewer than two different labels.
        """
        wanted = np.asarray(labels)
        self.labels = tuple(str(label) for label in np.unique(wanted))
        if len(self.labels) < 2:
            raise ValueError("a topic model needs at least two labels")
        self._words.fit(texts)
        self._letters.fit(texts)
        seen = self.look(texts, vectors)
        self.temperature = temperature or self._fitting_temperature(
            seen, wanted, np.arange(len(texts)) if kin is None else np.asarray(kin), beside
        )
        self._learn(seen, wanted)
        return self

    def _fitting_temperature(
        self, seen: Seen, wanted: NDArray[np.str_], kin: NDArray[np.int_], beside: Floats | None
    ) -> float:
        unseen = self._unseen_scores(seen, wanted, kin)
        right = np.searchsorted(np.asarray(self.labels), wanted)
        return best_temperature(unseen if beside is None else unseen + beside, right)

    def look(self, texts: Sequence[str], vectors: Floats | None = None) -> Seen:
        """Marks and vectors of texts; vectors made by `embed` beforehand are taken as they are."""
        marks = hstack([self._words.transform(texts), self._letters.transform(texts)], format="csr")
        return Seen(marks, embed(texts) if vectors is None else vectors)

    def scores(self, seen: Seen) -> Floats:
        """Raw scores before calibration, shape (texts, labels)."""
        told = seen.marks @ self._weights + seen.vectors @ self._meaning_weights + self._shift
        return np.asarray(told, dtype=np.float64)

    def predict_proba(self, texts: Sequence[str], vectors: Floats | None = None) -> Floats:
        """Calibrated probabilities, shape (texts, labels), columns in the order of `labels`."""
        return probabilities(self.scores(self.look(texts, vectors)), self.temperature)

    def predict(self, texts: Sequence[str], vectors: Floats | None = None) -> list[str]:
        """The likeliest label of each text."""
        return [self.labels[at] for at in self.scores(self.look(texts, vectors)).argmax(axis=1)]

    def knows(self, seen: Seen) -> NDArray[np.int_]:
        """How many different known words each text has; nought means there is nothing to judge by."""
        return np.asarray(np.diff(seen.marks[:, : self.word_count].indptr))

    @property
    def word_count(self) -> int:
        return len(self._words.vocabulary_)

    def word_parts(self, seen: Seen, columns: Sequence[int] | NDArray[np.int_]) -> list[dict[str, float]]:
        """For each text, what every known word adds to the score of its label (a column of `labels`)."""
        names = self._word_names()
        marks = seen.marks[:, : self.word_count]
        return [
            {
                names[at]: float(value * self._weights[at, column])
                for at, value in zip(marks.indices[start:end], marks.data[start:end], strict=True)
            }
            for (start, end), column in zip(pairwise(marks.indptr), columns, strict=True)
        ]

    def _word_names(self) -> NDArray[np.object_]:
        if self._names is None:
            self._names = np.asarray(self._words.get_feature_names_out())
        return self._names

    def _learn(self, seen: Seen, labels: NDArray[np.str_]) -> None:
        fair = LinearSVC(C=0.5, class_weight="balanced", tol=0.01, random_state=0).fit(seen.marks, labels)
        plain = LinearSVC(C=0.5, tol=0.01, random_state=0).fit(seen.marks, labels)
        meaning = LogisticRegression(C=30, max_iter=200, class_weight="balanced").fit(seen.vectors, labels)
        (fair_weights, fair_shift), (plain_weights, plain_shift), (self._meaning_weights, shift) = (
            self._told_by(one, share) for one, share in ((fair, FAIR), (plain, 1 - FAIR), (meaning, MEANING))
        )
        self._weights = fair_weights + plain_weights
        absent = np.isin(np.asarray(self.labels), labels, invert=True)
        self._shift = np.where(absent, _ABSENT, fair_shift + plain_shift + shift).astype(np.float32)

    def _told_by(self, reader: Any, share: float) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Weights and shifts of a fitted reader for all labels; nought for labels it has not met."""
        weights = _spread(reader.coef_, reader.classes_, self.labels)
        shift = _spread(reader.intercept_[:, None], reader.classes_, self.labels)[0]
        return share * weights, share * shift

    def _unseen_scores(self, seen: Seen, labels: NDArray[np.str_], kin: NDArray[np.int_]) -> Floats:
        scores = np.zeros((len(labels), len(self.labels)))
        folds = GroupKFold(n_splits=min(FOLDS, len(np.unique(kin))), shuffle=True, random_state=0)
        for learn, trial in folds.split(labels, groups=kin):
            if len(np.unique(labels[learn])) > 1:
                self._learn(seen.rows(_chosen(learn, len(labels))), labels[learn])
            scores[trial] = self.scores(seen.rows(_chosen(trial, len(labels))))
        return scores


_ABSENT = -1.5
"""Score of a label that a fold had no example of: lower than any doubtful one."""


def readable(text: str) -> str:
    """The part that is read, without links and without the places of masked personal data."""
    return _PLACEHOLDER.sub(" ", text[:READ_CHARACTERS])


def clean(text: str) -> str:
    """The part that is read, in the form in which texts are compared."""
    return normal(readable(text))


def word_marks(text: str) -> list[str]:
    """Dictionary forms and pairs of neighbours."""
    words = lemmas(readable(text))
    return words + [f"{first} {second}" for first, second in pairwise(words)]


def probabilities(scores: Floats, temperature: float) -> Floats:
    """Scores as probabilities that sum to one in each row."""
    cooled = (scores - scores.max(axis=1, keepdims=True)) / temperature
    powers = np.exp(cooled)
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def best_temperature(scores: Floats, right: NDArray[np.int_]) -> float:
    """The temperature at which right answers are least surprising (Platt scaling for many labels)."""

    def surprise(power: float) -> float:
        told = probabilities(scores, float(np.exp(power)))[np.arange(len(right)), right]
        return float(-np.log(np.maximum(told, 1e-12)).mean())

    return float(np.exp(minimize_scalar(surprise, bounds=(-5.0, 1.0), method="bounded").x))


def _chosen(rows: NDArray[np.int_], size: int) -> NDArray[np.bool_]:
    chosen = np.zeros(size, dtype=np.bool_)
    chosen[rows] = True
    return chosen


def _spread(rows: Floats, found: Sequence[str], labels: Sequence[str]) -> NDArray[np.float32]:
    """Rows of the found labels as columns of all labels; two labels have one row, which is turned into two."""
    if len(found) == 2 and len(rows) == 1:
        rows = np.vstack([-rows, rows])
    table = np.zeros((rows.shape[1], len(labels)), dtype=np.float32)
    for label, row in zip(found, rows, strict=True):
        table[:, labels.index(str(label))] = row
    return table
