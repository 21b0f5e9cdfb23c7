"""Records of information risks: looks at pages, the register of topics, a card with what the procedure writes down."""

from datetime import datetime, timedelta

from otklik.risks import services
from otklik.risks.models import Risk
from otklik.risks.services import Level, Observed, PageText, Place, Seen
from otklik.topics.models import Topic
from tests.charter.planters.ground import Ground, plants

LINK = "https://vk.com/wall-9_1"


def a_risk(ground: Ground, at: datetime) -> Risk:
    seen = Seen("Качество воды", "Пишут, что вода непригодна", link=LINK)
    return services.found(ground.whose, seen, Level("low", "единичная запись"), ground.by, at)


def looked(ground: Ground, kind: str) -> None:
    text = PageText(kind, "Подслушано", "https://vk.com/okrug", "староста")
    page = services.watch_page(ground.whose, text, ground.by, ground.now)
    services.log_look(page, 0, ground.by, ground.now)


@plants("risks.watch_pages")
def a_look_at_a_page(ground: Ground) -> None:
    looked(ground, "local_pages")


@plants("risks.watch_chats")
def a_look_at_a_chat(ground: Ground) -> None:
    looked(ground, "resident_chats")


@plants("risks.prone_topics")
def a_topic_of_the_register(ground: Ground) -> None:
    topic = Topic.objects.filter(is_open=True).order_by("position")[0]
    services.list_prone(ground.whose, topic, "повторяется каждую весну", ground.by, ground.now)


@plants("risks.found")
def a_risk_found(ground: Ground) -> None:
    a_risk(ground, ground.now)


@plants("risks.unknown_facts", "risks.measures", "risks.criticality")
def what_was_done_about_it(ground: Ground) -> None:
    risk = a_risk(ground, ground.now)
    services.note_unknown(risk, "кто брал пробу", "водоканал", ground.by, ground.now)
    services.add_measure(risk, "taken", "подвезли воду", ground.by, ground.now)
    services.tell(risk, "руководитель", ground.by, ground.now)


@plants(
    *("risks.register", "risks.verified", "risks.placement", "risks.reaction", "risks.closed"),
    *("risks.compensation", "risks.reaction_speed"),
)
def a_risk_led_to_its_end(ground: Ground) -> None:
    began = ground.now - timedelta(days=2)
    risk = a_risk(ground, began)
    services.verify(risk, "refuted", "проба в норме, протокол лаборатории", ground.by, began)
    services.answer(risk, "Вода соответствует норме, проба от 15 октября.", ground.by, began)
    stands = services.place(risk, Place("official_page", "Страница округа", LINK, began), ground.by, began)
    services.control(stands, True, ground.by, began)
    services.placed(risk, ground.by, began)
    services.compensate(risk, "Как берут пробы", "Страница округа", LINK, ground.by, began)
    services.observe(risk, Observed("none", "calm", "новых записей нет"), ground.by, ground.now)
    services.close(risk, ground.by, ground.now)
