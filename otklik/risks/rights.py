"""Who works with risks: asked by every deed, in the card and in the alert chat."""

from otklik.accounts.models import User
from otklik.accounts.selectors import Rights, rights_of
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.risks.selectors import CLOSES, WORKS, is_kept


def worker(by: User, municipality: Municipality, permission: str = WORKS) -> Rights:
    """Rights of who works with risks. Raises Refused for anybody else, and where the charter is silent."""
    if not is_kept(municipality):
        raise Refused("Положение молчит об информационных рисках: внесите раздел о них, и он заработает.")
    rights = rights_of(by, municipality)
    if permission not in rights.permissions:
        deed = "Закрывает риски" if permission == CLOSES else "Риски ведёт"
        raise Refused(f"{deed} тот, у кого есть это право в положении: попросите ответственного за риски.")
    return rights
