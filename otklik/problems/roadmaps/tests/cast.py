"""Who takes part in stories of roadmaps, on a Tuesday in October."""

from datetime import date, datetime, timedelta

from otklik.accounts.models import Holding, Post, User
from otklik.channels.files import store_file
from otklik.deadlines.selectors import calendar_of
from otklik.problems.roadmaps import services
from otklik.problems.roadmaps.models import Measure, Roadmap
from otklik.problems.roadmaps.services import MeasureText, RoadmapText
from otklik.problems.roadmaps.services.work import Done
from tests.town import Town

NOW = datetime.fromisoformat("2026-10-20T12:00:00+03:00")

TODAY = NOW.date()

TOPIC = "road-potholes"


class Cast:
    """A manager, two posts held by people, a post of another body."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.manager = town.user_with("manager", ["problems.manage"])
        self.posts = list(Post.objects.filter(municipality=town.municipality).order_by("pk")[:3])
        self.people = [self._hold(post, f"holder{place}") for place, post in enumerate(self.posts)]

    def _hold(self, post: Post, name: str) -> User:
        user = self.town.user_with(name, ["cases.work"], post.body)
        Holding.objects.filter(user=user).update(post=post)
        return user

    def day(self, shift: int) -> date:
        """A working day about so many days from today."""
        return calendar_of(self.town.municipality).working_day_from(TODAY + timedelta(days=shift))

    def text(self, title: str, start: int, due: int, post: int = 1, **more: object) -> MeasureText:
        values: dict[str, object] = {
            "result": "ям нет",
            "indicator": "ям на улице, шт",
            "was": "14",
            "will_be": "0",
            "post": self.posts[post],
            "start": self.day(start),
            "due": self.day(due),
        }
        return MeasureText(title, **{**values, **more})  # type: ignore[arg-type]

    def draft(self, **more: object) -> Roadmap:
        values: dict[str, object] = {"cause_text": "нет договора на ямочный ремонт", "topics": [TOPIC]}
        text = RoadmapText("Ямы", "Дороги без ям", **{**values, **more})  # type: ignore[arg-type]
        return services.draft_roadmap(self.town.municipality, text, self.manager, NOW)

    def agreed(self, start: int = -20, due: int = 3) -> tuple[Roadmap, Measure]:
        """An approved roadmap with one measure."""
        roadmap = self.draft()
        measure = services.add_measure(roadmap, self.text("Заделать ямы", start, due), self.manager)
        services.send(roadmap, [self.posts[0]], self.manager, NOW)
        return services.decide(roadmap, True, "", self.people[0], NOW), measure


def done(cast: Cast, on: date) -> Done:
    file = store_file(b"akt", "akt.txt", cast.town.municipality)
    return Done("Заделали все четырнадцать ям", on, "0", "act", [file])
