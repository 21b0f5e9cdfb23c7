"""What the centre says in the alert chat: at detection, and of the answer in two parts."""

from datetime import datetime, timedelta

from otklik.risks import services as risks
from otklik.risks.chat.services import note_sent_by_hand
from otklik.risks.models import Alert, Risk
from otklik.risks.services import Level, Place, Seen
from tests.charter.centre import Centre
from tests.charter.told.tale import carries

PAGE = "https://vk.com/wall-1_2"


@carries(
    "RISK",
    demyansk=("DEM-RISK-0.1", "DEM-RISK-1.5", "DEM-RISK-2.6", "DEM-RISK-2.7", "DEM-RISK-2.8"),
)
def the_chat_is_told_of_a_risk_and_of_its_answer(centre: Centre) -> None:
    """An alert at detection; the report leaves when the answer stands on a page with its link."""
    officer, began = centre.who("risks.work"), centre.now - timedelta(hours=1)
    seen = Seen("Качество воды", "Пишут, что вода непригодна", link="https://vk.com/wall-9_1")
    risk = risks.found(centre.whose, seen, Level("low", "единичная запись"), officer, began)
    sent(risks.tell_chat(risk, officer, began), centre, began)
    risks.verify(risk, "refuted", "проба в норме, протокол лаборатории", officer, began)
    risks.answer(risk, "Вода соответствует норме, проба от 15 октября.", officer, began)
    placement = risks.place(risk, Place("official_page", "Страница округа", PAGE, began), officer, centre.now)
    risks.control(placement, True, officer, centre.now)
    risks.placed(risk, officer, centre.now)
    sent(risks.report(fresh(risk), officer, centre.now), centre, centre.now)


def sent(alert: Alert, centre: Centre, at: datetime) -> None:
    """The officer puts it into the chat by hand."""
    note_sent_by_hand(alert, "https://t.me/c/500/7", centre.who("risks.work"), at)


def fresh(risk: Risk) -> Risk:
    """The card as it stands now."""
    return Risk.objects.get(pk=risk.pk)
