"""Who may speak for the administration, and what must not be written: checks shared by every deed."""

from otklik.accounts.models import User
from otklik.accounts.selectors import Rights, rights_of
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.language.personal import find_personal

PUBLISH = "outreach.publish"
APPROVE = "outreach.approve"


def speaker(by: User, municipality: Municipality) -> Rights:
    """The rights of who keeps pages. Raises Refused without the right."""
    rights = rights_of(by, municipality)
    if PUBLISH not in rights.permissions:
        raise Refused("Это делает ответственный за официальные страницы: попросите его.")
    return rights


def approver(by: User, municipality: Municipality) -> Rights:
    """The rights of who approves what is said outside. Raises Refused without the right."""
    rights = rights_of(by, municipality)
    if APPROVE not in rights.permissions:
        raise Refused("Это согласует руководитель или тот, кому дано такое право.")
    return rights


def said(text: str, limit: int, what: str, must: bool = True, desk: bool = False) -> str:
    """The text without its ends. Raises Refused when it is empty, too long, or holds a person's data.

    `desk`: a public desk is named there, its phone and mail may stand.
    """
    kept = text.strip()
    if must and not kept:
        raise Refused(f"{what}: напишите хотя бы несколько слов.")
    if len(kept) > limit:
        raise Refused(f"{what}: не длиннее {limit} знаков.")
    if any(not (desk and one.kind in ("phone", "email")) for one in find_personal(kept)):
        raise Refused(f"{what}: уберите личные данные. Пишите о должности или организации.")
    return kept
