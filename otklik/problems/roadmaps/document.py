"""A roadmap as plain data, as it is frozen in an edition and put on paper."""

from collections.abc import Sequence
from typing import Any

from otklik.problems.roadmaps.models import Measure, Roadmap
from otklik.problems.roadmaps.words import KINDS, MEASURE_STATES


def data_of(roadmap: Roadmap, measures: Sequence[Measure]) -> dict[str, Any]:
    """Head and measures in the words people read; JSON both ways."""
    places = {one.pk: place for place, one in enumerate(measures, start=1)}
    return {
        "number": roadmap.number,
        "kind": dict(KINDS)[roadmap.kind],
        "title": roadmap.title,
        "goal": roadmap.goal,
        "cause": roadmap.cause_text,
        "problems": [str(aim.problem) for aim in roadmap.aims.select_related("problem")],
        "measures": [_measure(one, places) for one in measures if one.state != "dropped"],
    }


def _measure(one: Measure, places: dict[int, int]) -> dict[str, Any]:
    return {
        "place": places[one.pk],
        "title": one.title,
        "result": one.result,
        "indicator": one.indicator,
        "was": one.was,
        "will_be": one.will_be,
        "fact": one.fact,
        "post": one.post.title,
        "helpers": [helper.post.title for helper in one.helpers.all()],
        "start": one.start.isoformat(),
        "due": one.due.isoformat(),
        "resources": one.resources,
        "state": dict(MEASURE_STATES)[one.state],
        "after": sorted(places[wait.other_id] for wait in one.waits.all()),
        "proofs": [proof.file.name if proof.file else proof.link for proof in one.proofs.all()],
    }
