"""How an answer goes in a network: the way a person has chosen or the way the message came, and what it takes."""

from otklik.cases.models import Case
from otklik.channels.models import Channel
from otklik.channels.style import Way, way_in, way_of
from otklik.common.errors import Refused
from otklik.common.words import count
from otklik.language.personal import find_personal

NAMED = {
    "phone": "телефон",
    "email": "почта",
    "passport": "паспорт",
    "snils": "СНИЛС",
    "inn": "ИНН",
    "card": "номер карты",
    "account": "номер счёта",
    "plate": "госномер",
    "flat": "квартира",
    "name": "фамилия и имя",
    "birthdate": "дата рождения",
}


def chosen_way(case: Case, key: str = "") -> Way | None:
    """The way of the answer: the chosen one, else as the message came; None where the channel has one way."""
    kind = case.channel.kind
    return way_of(kind, key) or way_of(kind, way_in(kind, case.outer_id))


def limit_of(way: Way, channel: Channel) -> int:
    """The most signs the way takes; the channel's own setting outweighs the usual figure."""
    own = channel.settings.get(f"{way.key}_limit")
    return own if isinstance(own, int) and not isinstance(own, bool) and own > 0 else way.limit


def personal_in(text: str) -> list[str]:
    """Kinds of personal data in the text, in Russian, each once."""
    return list(dict.fromkeys(NAMED[span.kind] for span in find_personal(text)))


def refuse_unfit(text: str, way: Way, channel: Channel) -> None:
    """Raise Refused for a text that this way does not take, with what to do."""
    most = limit_of(way, channel)
    if len(text) > most:
        over = count(len(text) - most, "знак", "знака", "знаков")
        raise Refused(
            f"Ответ длиннее, чем принимает {channel.title}: уберите {over} или отправьте другим путём."
        )
    found = personal_in(text) if way.is_public else []
    if found:
        raise Refused(
            f"Комментарий увидят все, а в нём {', '.join(found)}. Уберите это или ответьте в личные сообщения."
        )
