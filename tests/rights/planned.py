"""A roadmap with a measure of a vacant post, so that people of its body answer for it: what addresses name."""

from datetime import datetime, timedelta
from typing import Any

from otklik.accounts.models import Holding, Post
from otklik.cases.models import Case
from otklik.channels.files import store_file
from otklik.deadlines.selectors import calendar_of
from otklik.problems.roadmaps import services
from otklik.problems.roadmaps.services import MeasureText, RoadmapText
from otklik.problems.roadmaps.services.work import Done
from tests.town import Town


def planned(town: Town, case: Case, now: datetime) -> dict[str, list[Any]]:
    """An approved roadmap of two measures, the first one done with a file."""
    whose, body = town.municipality, case.body
    assert body is not None
    vacant = Post.objects.create(municipality=whose, key="vacant-road", body=body, title="Инженер")
    signs = Post.objects.create(municipality=whose, key="signs-road", body=body, title="Главный инженер")
    signer = town.user_with("signs-road", ["cases.work"])
    Holding.objects.filter(user=signer).update(post=signs)
    keeper = town.user_with("plans", ["problems.manage"])
    roadmap = services.draft_roadmap(
        whose, RoadmapText("Снег", "Убирать к семи утра", cause_text="одна машина"), keeper, now
    )
    due = calendar_of(whose).working_day_from(now.date() + timedelta(days=9))
    texts = [
        MeasureText(title, "машина работает", "машин, шт", "1", "2", vacant, now.date(), due)
        for title in ("Нанять машину", "Вывесить график")
    ]
    first, second = (services.add_measure(roadmap, text, keeper) for text in texts)
    services.send(roadmap, [signs], keeper, now)
    services.decide(roadmap, True, "", signer, now)
    file = store_file(b"akt", "akt.txt", whose)
    services.report_done(first, Done("Наняли", now.date(), "2", "act", [file]), keeper, now)
    return {
        "roadmap": [roadmap.pk],
        "roadmap_deed": [roadmap.pk, "finish"],
        "roadmap_file": [roadmap.pk, "docx"],
        "roadmap_edition": [roadmap.pk, 1],
        "measure": [second.pk],
        "measure_deed": [second.pk, "begin"],
        "measure_proof": [first.proofs.get().pk],
    }
