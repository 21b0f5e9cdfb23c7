"""Who takes part in stories of risks, on a Tuesday in October, and the shortest way of a card to each state."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from otklik.accounts.models import Post, User
from otklik.common.models import Municipality
from otklik.outreach.models import OfficialPage
from otklik.risks import services
from otklik.risks.models import Placement, Risk
from otklik.risks.selectors import has_chat
from otklik.risks.services import Figures, Level, Observed, Place, Seen
from tests.town import Town

NOW = datetime.fromisoformat("2026-10-20T12:00:00+03:00")
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
LINK = "https://vk.com/wall-100_7"
TEXT = "Вода в сети соответствует норме, проба от 20 октября. Аварийная служба: 8 (816-51) 4-00-00."
RIGHTS = ["risks.view", "risks.work", "risks.close", "outreach.publish", "problems.manage", "office.errands"]
HIGH = Level("high", "пишут из двух сёл", ("быстрый рост",))
LOW = Level("low", "одна запись", ("единичная запись",))


@dataclass
class Cast:
    """An officer who leads risks and closes them, one who only looks, official pages to speak from."""

    town: Town

    @property
    def whose(self) -> Municipality:
        return self.town.municipality

    @cached_property
    def officer(self) -> User:
        return self.town.user_with("officer", RIGHTS)

    @cached_property
    def reader(self) -> User:
        return self._known("reader") or self.town.user_with("reader", ["risks.view"])

    def _known(self, name: str) -> User | None:
        """Who was made with the town, when it was made once for a file."""
        return User.objects.filter(username__startswith=f"{self.whose.key}-{name}-").first()

    @cached_property
    def post(self) -> Post:
        return Post.objects.filter(municipality=self.whose).order_by("pk")[0]

    def page(self, name: str = "Страница округа") -> OfficialPage:
        return OfficialPage.objects.create(
            municipality=self.whose,
            title=name,
            network="vk",
            url=f"https://vk.com/{abs(hash(name))}",
            organisation="Администрация",
            opened_on=NOW.date(),
        )

    def found(self, level: Level = HIGH, drill: bool = False, now: datetime = NOW, **more: Any) -> Risk:
        values: dict[str, Any] = {
            "title": "Качество воды",
            "gist": "Пишут, что вода из скважины непригодна, а анализы прячут",
            "source": "post",
            "link": LINK,
            "text": "Вода ржавая, звоните 8 921 123-45-67!",
            "reach": Figures(views=420, reactions=12),
        }
        seen = Seen(**{**values, **more})
        return services.found(self.whose, seen, level, self.officer, now, drill)

    def told(self, **more: Any) -> Risk:
        """Found and, where there is a chat, told there."""
        risk = self.found(**more)
        if has_chat(self.whose):
            services.tell_chat(risk, self.officer, NOW + 5 * MINUTE)
        return fresh(risk)

    def in_work(self, verdict: str = "confirmed", **more: Any) -> Risk:
        risk = self.told(**more)
        services.verify(risk, verdict, "акт пробы воды № 4", self.officer, NOW + 20 * MINUTE, "водоканал")
        return fresh(risk)

    def stands(
        self, risk: Risk, kind: str = "official_page", name: str = "Страница округа", at: int = 40
    ) -> Placement:
        """The full answer stands somewhere and was checked."""
        link = f"https://vk.com/wall-1_{Placement.objects.count() + 1}"
        made = services.place(
            risk, Place(kind, name, link, NOW + at * MINUTE), self.officer, NOW + at * MINUTE
        )
        return services.control(made, True, self.officer, NOW + (at + 1) * MINUTE)

    def answered(self, **more: Any) -> Risk:
        """The answer stands on the page of the district and was checked."""
        risk = self.in_work(**more)
        services.answer(risk, TEXT, self.officer, NOW + 30 * MINUTE)
        self.stands(risk)
        return services.placed(risk, self.officer, NOW + 45 * MINUTE)

    def watched(self, **more: Any) -> Risk:
        """Reported where there is a chat, and seen once right after."""
        risk = self.answered(**more)
        if has_chat(self.whose):
            services.report(risk, self.officer, NOW + 50 * MINUTE)
        services.observe(risk, Observed("same", "mixed", "пишут под записью"), self.officer, NOW + HOUR)
        return fresh(risk)

    def closed(self, **more: Any) -> Risk:
        """Closed after the hours of the watch by what was seen then."""
        risk = self.watched(**more)
        services.observe(risk, CALM, self.officer, NOW + 60 * HOUR)
        return services.close(risk, self.officer, NOW + 60 * HOUR)


CALM = Observed("none", "calm", "новых записей нет, под ответом благодарят", comments=10, negative=1)


def fresh(risk: Risk) -> Risk:
    """The card as the table keeps it."""
    return Risk.objects.select_related("municipality").get(pk=risk.pk)
