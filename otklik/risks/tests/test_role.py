"""Where the charter only names an officer, the card goes without a chat; where it is silent, it does not begin."""

import pytest

from otklik.accounts.selectors import rights_of
from otklik.common.errors import Refused
from otklik.risks import services
from otklik.risks.models import Alert, Risk
from otklik.risks.selectors import clocks_now, deeds_for, is_kept
from otklik.risks.tests.cast import NOW, Cast
from tests.town import build_town

pytestmark = pytest.mark.django_db


def test_an_officer_alone_leads_a_risk_to_its_end_without_a_chat() -> None:
    cast = Cast(build_town("bogotol"))
    risk = cast.found()
    assert "alert" not in [one.key for one in clocks_now(risk)]
    offered = deeds_for(risk, rights_of(cast.officer, cast.whose))
    assert "verify" in offered and "tell_chat" not in offered
    with pytest.raises(Refused, match="Алерт-чата в положении нет"):
        services.tell_chat(risk, cast.officer, NOW)
    closed = cast.closed()
    assert closed.state == "closed" and not Alert.objects.exists()
    passed = list(dict.fromkeys(closed.moves.order_by("at", "pk").values_list("to", flat=True)))
    assert passed == ["found", "work", "answer_placed", "reaction", "closed"]


@pytest.mark.slow
def test_a_silent_charter_has_no_risks() -> None:
    cast = Cast(build_town("borovichi"))
    assert not is_kept(cast.whose)
    with pytest.raises(Refused, match="Положение молчит об информационных рисках"):
        cast.found()
    assert not Risk.objects.exists()
