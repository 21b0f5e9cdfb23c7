"""Figures of reading: personal data, places, kinds and questions, against a labelled folder.

Run `python -m bench.language [FOLDER]`; prints one JSON line. FOLDER may hold `places.csv`
(municipality,text,settlement,street,house), `personal.jsonl` ({"text", "spans": [[start, end, kind]]}) and
`kinds.csv` (text,text_kind,solvable,urgency,questions); without it our own test tables are measured. Compared
in small letters, ё as е, spaces squeezed.
"""

import csv
import json
import sys
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from otklik.language.kind import is_solvable, is_urgent, text_kind
from otklik.language.personal import find_personal
from otklik.language.questions import find_questions
from otklik.language.spans import Span
from otklik.language.tests.markup import marked_texts
from otklik.places.files import read_folder
from otklik.places.rules import find_place

Figures = dict[str, float | None]
_ROOT = Path(__file__).parent.parent / "otklik"
_CODES = {
    "жалоба": "complaint",
    "заявление": "statement",
    "предложение": "proposal",
    "вопрос": "question",
    "благодарность": "thanks",
    "спам": "spam",
}


def measure(folder: Path | None) -> Figures:
    """All figures of a labelled folder, of our own tables without one."""
    started = time.perf_counter()
    found = {**personal_figures(folder), **place_figures(folder), **kind_figures(folder)}
    return {key: None if value is None else round(value, 4) for key, value in found.items()} | {
        "seconds": round(time.perf_counter() - started, 2)
    }


def personal_figures(folder: Path | None) -> Figures:
    """Recall over numbers and over names, precision, false hits per 1,000 texts."""
    texts = _personal(folder)
    gold, caught, hits, true_hits = Counter[bool](), Counter[bool](), 0, 0
    for text, spans in texts:
        predicted = find_personal(text)
        covered = {place for span in predicted for place in range(span.start, span.end)}
        for span in spans:
            gold[span.kind == "name"] += 1
            inside = (at in covered for at in range(span.start, span.end) if text[at].isalnum())
            caught[span.kind == "name"] += all(inside)
        hits += len(predicted)
        true_hits += sum(any(p.start < s.end and s.start < p.end for s in spans) for p in predicted)
    return {
        "numbers_recall": _share(caught[False], gold[False]),
        "names_recall": _share(caught[True], gold[True]),
        "precision": _share(true_hits, hits),
        "false_hits_per_1000": _share(1000 * (hits - true_hits), len(texts)),
    }


def place_figures(folder: Path | None) -> Figures:
    """Micro F1 over settlements and over pairs of street and house."""
    rows = _rows(folder, "places.csv", _ROOT / "places" / "tests" / "places.csv")
    known = {key: read_folder(key) for key in {row["municipality"] for row in rows}}
    settlements: list[tuple[str, str]] = []
    addresses: list[tuple[str, str]] = []
    for row in rows:
        place = find_place(row["text"], known[row["municipality"]])
        settlements.append((_fold(row["settlement"]), _fold(place.settlement)))
        wanted = _fold(row["street"]) and f"{_fold(row['street'])}|{_fold(row['house'])}"
        addresses.append((wanted, _fold(place.street) and f"{_fold(place.street)}|{_fold(place.house)}"))
    return {"settlement_f1": _f1(settlements), "street_house_f1": _f1(addresses)}


def kind_figures(folder: Path | None) -> Figures:
    """Accuracy of kinds and of the number of questions, F1 of solvable and urgent."""
    rows = _rows(folder, "kinds.csv", _ROOT / "language" / "tests" / "kinds.csv")
    right = questions = 0
    solvable: list[tuple[str, str]] = []
    urgent: list[tuple[str, str]] = []
    for row in rows:
        text = row["text"].replace("\\n", "\n")
        kind = row.get("text_kind") or row.get("kind") or ""
        right += text_kind(text).value == _CODES.get(kind, kind)
        questions += len(find_questions(text)) == int(row["questions"])
        solvable.append(("yes" if row["solvable"] == "yes" else "", "yes" if is_solvable(text).value else ""))
        urgent.append(("high" if row["urgency"] == "high" else "", "high" if is_urgent(text).value else ""))
    return {
        "kind_accuracy": _share(right, len(rows)),
        "questions_accuracy": _share(questions, len(rows)),
        "solvable_f1": _f1(solvable),
        "urgency_f1": _f1(urgent),
    }


def _personal(folder: Path | None) -> list[tuple[str, list[Span]]]:
    if folder is None:
        return marked_texts(_ROOT / "language" / "tests" / "personal.txt")
    rows = [
        json.loads(line)
        for line in (folder / "personal.jsonl").read_text(encoding="utf-8").splitlines()
        if line
    ]
    return [(row["text"], [Span(*span) for span in row["spans"]]) for row in rows]


def _rows(folder: Path | None, name: str, own: Path) -> list[dict[str, str]]:
    path = own if folder is None else folder / name
    with path.open(encoding="utf-8", newline="") as file:
        if folder is None:
            return list(csv.DictReader(file, delimiter="|", quoting=csv.QUOTE_NONE))
        return list(csv.DictReader(file))


def _fold(value: str | None) -> str:
    return " ".join((value or "").lower().replace("ё", "е").split())


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _f1(pairs: Iterable[tuple[str, str]]) -> float | None:
    """Micro F1 of (wanted, found); a wrong value is one false positive and one miss."""
    pairs = list(pairs)
    right = sum(1 for wanted, found in pairs if wanted and wanted == found)
    return _share(
        2 * right, sum(bool(wanted) for wanted, _ in pairs) + sum(bool(found) for _, found in pairs)
    )


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]) if len(sys.argv) > 1 else None), ensure_ascii=False))
