"""A risk gives an errand in one deed; its card keeps the decision, the meeting is offered what is grave."""

from datetime import timedelta

import pytest

from otklik.accounts.selectors import rights_of
from otklik.common.errors import Refused
from otklik.office.agenda_sources import risks as offered
from otklik.office.errands.of_risks import errands_about, give_for_risk
from otklik.office.errands.services import Order
from otklik.risks.tests.cast import LOW, NOW, Cast
from tests.town import build_town

pytestmark = pytest.mark.django_db


def test_a_risk_gives_an_errand_and_asks_for_the_meeting() -> None:
    cast = Cast(build_town("demyansk"))
    risk, quiet = cast.found(), cast.found(LOW)
    order = Order("Взять пробу воды из второй скважины", cast.post, NOW.date() + timedelta(days=3))
    made = give_for_risk(risk, order, cast.officer, NOW)
    assert (made.kind, made.source_id, made.source_words) == ("risk", risk.pk, "информационный риск № 1")
    assert list(errands_about(risk, cast.officer, rights_of(cast.officer, cast.whose))) == [made]
    assert f"поручение № {made.number}" in risk.moves.get(deed="decide").words
    assert [one.source for one in offered(cast.whose, NOW)] == [f"risk-{risk.pk}"]
    assert not errands_about(quiet, cast.officer, rights_of(cast.officer, cast.whose)).exists()
    with pytest.raises(Refused, match="По учебному риску поручений не дают"):
        give_for_risk(cast.found(drill=True), order, cast.officer, NOW)
