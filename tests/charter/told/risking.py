"""A rumour from the page it stood on to the reaction people showed, by those whom the charter names."""

from datetime import timedelta

from otklik.risks import services as risks
from otklik.risks.selectors import has_chat
from otklik.risks.services import Level, Observed, PageText, Place, Seen
from otklik.topics.models import Topic
from tests.charter.centre import Centre
from tests.charter.told.alerting import fresh, sent
from tests.charter.told.tale import carries

PAGE = "https://vk.com/wall-1_2"


@carries("RISK", demyansk=("DEM-RISK-1.1", "DEM-RISK-1.2", "DEM-RISK-1.4"))
def pages_and_chats_are_looked_at(centre: Centre) -> None:
    """A page and a chat are looked at, nothing is found; a topic enters the register."""
    officer = centre.who("risks.work")
    for kind in ("local_pages", "resident_chats"):
        text = PageText(kind, "Подслушано", f"https://vk.com/{kind}", "староста")
        risks.log_look(risks.watch_page(centre.whose, text, officer, centre.now), 0, officer, centre.now)
    topic = Topic.objects.filter(is_open=True).order_by("position")[0]
    risks.list_prone(centre.whose, topic, "повторяется каждую весну", officer, centre.now)


@carries(
    "RISK",
    demyansk=(
        *("DEM-2.2.14", "DEM-RISK-1.3", "DEM-RISK-2.1", "DEM-RISK-2.2", "DEM-RISK-2.3", "DEM-RISK-2.4"),
        *("DEM-RISK-2.5", "DEM-RISK-2.9", "DEM-RISK-2.10"),
    ),
    bogotol=("BOG-III.4.6.5", "BOG-III.4.6.5.1"),
)
def a_rumour_is_led_to_its_end(centre: Centre) -> None:
    """Found, verified, answered, made up for, watched for its hours and closed by what was seen."""
    officer, closer = centre.who("risks.work"), centre.who("risks.close")
    began = centre.now - timedelta(hours=30)
    seen = Seen("Качество воды", "Пишут, что вода непригодна", link="https://vk.com/wall-9_1")
    risk = risks.found(centre.whose, seen, Level("low", "единичная запись"), officer, began)
    if has_chat(centre.whose):
        sent(risks.tell_chat(risk, officer, began), centre, began)
    risks.note_unknown(risk, "кто брал пробу", "водоканал", officer, began)
    risks.tell(risk, "ответственный за риски", officer, began, "звонок")
    risks.verify(risk, "refuted", "проба в норме, протокол лаборатории", officer, began)
    risks.add_measure(risk, "taken", "взяли вторую пробу", officer, began)
    risks.answer(risk, "Вода соответствует норме, проба от 15 октября.", officer, began)
    stands = risks.place(risk, Place("official_page", "Страница округа", PAGE, began), officer, began)
    risks.control(stands, True, officer, began)
    risks.placed(risk, officer, began)
    if has_chat(centre.whose):
        sent(risks.report(fresh(risk), officer, began), centre, began)
    risks.compensate(risk, "Как берут пробы воды", "Страница округа", PAGE, officer, began)
    risks.observe(risk, Observed("none", "calm", "новых записей нет"), officer, centre.now)
    risks.close(risk, closer, centre.now)
