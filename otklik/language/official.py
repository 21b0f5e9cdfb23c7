"""Words an official writes into a record: trimmed, bounded, without personal data of residents."""

from otklik.common.errors import Refused
from otklik.language.personal import find_personal

LONG = 4000


def official_text(label: str, text: str, most: int = LONG, *, must: bool = True) -> str:
    """The text as it is kept. Raises Refused when it is empty though it must be, too long, or names a resident."""
    said = text.strip()
    if must and not said:
        raise Refused(f"Поле «{label}» пустое: заполните его.")
    if len(said) > most:
        raise Refused(f"Поле «{label}»: больше {most} знаков, сократите.")
    if said and find_personal(said):
        raise Refused(
            f"Поле «{label}»: в тексте есть личные данные. Называйте должности, места и номера карточек."
        )
    return said
