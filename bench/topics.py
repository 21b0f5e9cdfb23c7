"""How well topics are learnt from a municipality's own labels, and how well our tree reads texts.

`python -m bench.topics TRAIN.csv TRIAL.csv --text COLUMN --label COLUMN [--where COLUMN=VALUE]` prints one JSON
line; files may be gzipped. Texts are read and never printed.
"""

import argparse
import csv
import gzip
import json
import time
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.metrics import f1_score

from otklik.language.embeddings import embed
from otklik.topics.learning import Floats, TopicModel

ERROR = 0.03


def main() -> None:
    """Learn on the first file, judge on the second."""
    asked = _arguments()
    learn, trial = (_rows(path, asked) for path in (asked.train, asked.trial))
    began = time.perf_counter()
    model = TopicModel().fit([text for text, _ in learn], [label for _, label in learn])
    fitted = time.perf_counter()
    told = model.predict_proba([text for text, _ in trial], embed([text for text, _ in trial]))
    seconds = time.perf_counter() - fitted
    print(
        json.dumps(
            judged(model, told, [label for _, label in trial])
            | {"fit_seconds": round(fitted - began, 1), "per_second": round(len(trial) / seconds)}
        )
    )


def judged(model: TopicModel, told: Floats, labels: list[str]) -> dict[str, float]:
    """Scores of probabilities against true labels; `sure_share` may be routed by itself at ERROR wrong."""
    known, true = np.asarray(model.labels), np.asarray(labels)
    ranked = known[np.argsort(-told, axis=1)]
    right, sure = ranked[:, 0] == true, told.max(axis=1)
    errors = np.cumsum(~right[np.argsort(-sure)]) / np.arange(1, len(true) + 1)
    within = np.flatnonzero(errors <= ERROR)
    return {
        "texts": len(true),
        "labels": len(known),
        "accuracy": round(float(right.mean()), 3),
        "top3": round(float((ranked[:, :3] == true[:, None]).any(axis=1).mean()), 3),
        "macro_f1": round(float(f1_score(true, ranked[:, 0], average="macro", zero_division=0)), 3),
        "weighted_f1": round(float(f1_score(true, ranked[:, 0], average="weighted", zero_division=0)), 3),
        "calibration_error": round(calibration_error(sure, right), 3),
        "sure_share": round(float((within[-1] + 1) / len(true)) if len(within) else 0.0, 3),
    }


def calibration_error(sure: Floats, right: Any) -> float:
    """Mean gap between sureness and truth over ten bins."""
    bins = np.minimum((sure * 10).astype(int), 9)
    return float(
        sum(abs(sure[bins == b].mean() - right[bins == b].mean()) * (bins == b).mean() for b in set(bins))
    )


def _rows(path: Path, asked: argparse.Namespace) -> list[tuple[str, str]]:
    column, _, value = asked.where.partition("=")
    with (
        gzip.open(path, "rt", encoding="utf-8")
        if path.suffix == ".gz"
        else path.open(encoding="utf-8") as file
    ):
        return [
            (". ".join(row[part] for part in asked.text.split(",") if row[part]), row[asked.label])
            for row in csv.DictReader(file)
            if row[asked.label] and (not column or row[column] == value)
        ]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("train", type=Path)
    parser.add_argument("trial", type=Path)
    parser.add_argument("--text", default="text", help="columns of the text, comma between them")
    parser.add_argument("--label", default="topic")
    parser.add_argument("--where", default="", help="only rows with this value: column=value")
    return parser.parse_args()


if __name__ == "__main__":
    main()
