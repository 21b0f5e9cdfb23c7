"""What the bot says. One place, so that a lawyer and an editor can read it through."""

from dataclasses import dataclass

from otklik.channels.adapters.dialogue.talk import Draft, Reply

MOST_PHOTOS = 10
URGENT = "Если есть угроза жизни или здоровью, звоните 112: здесь сообщение читают в рабочее время."


@dataclass(frozen=True)
class House:
    """In whose name the bot speaks; `consent` is the address of the consent as a document of its own."""

    bot: str
    town: str
    consent: str
    rules: str = ""


def greeting(house: House) -> Reply:
    """Who the bot is, what becomes of what is written, the consent (152-ФЗ ст. 9) as a button of its own."""
    parts = [
        f"Здравствуйте. Это официальный бот «{house.bot}», {house.town}.",
        "Здесь можно сообщить о проблеме, узнать её номер и состояние, получить ответ и оценить его. Это сообщение, "
        "а не обращение по 59-ФЗ: его подают на Госуслугах или письмом.",
        URGENT,
        *([house.rules] if house.rules else []),
        "Персональные данные: нажимая «Согласен», вы разрешаете органам местного самоуправления обработать то, что "
        "напишете в этом чате, чтобы рассмотреть сообщение и ответить на него (152-ФЗ, ст. 9). Согласие отзывается "
        f"командой /stop. Полный текст согласия: {house.consent}",
    ]
    return Reply("talk_consent", "\n\n".join(parts))


def consent_first() -> Reply:
    return Reply(
        "talk_consent",
        "Чтобы продолжить, нажмите «Согласен» под этим сообщением. Без согласия не сохраняем ничего.",
    )


def ask_text() -> Reply:
    return Reply("talk_text", "Что случилось? Опишите своими словами, одним или несколькими сообщениями.")


def words_first() -> Reply:
    return Reply(
        "talk_text",
        "Сохранил. Теперь напишите словами, что случилось: по одному снимку исполнитель может не понять.",
    )


def not_read() -> Reply:
    return Reply(
        "talk_text",
        "Голос, видео и наклейки прочесть не могу. Напишите словами, пришлите фото или точку на карте.",
    )


def ask_place() -> Reply:
    return Reply(
        "talk_place",
        "Где это? Напишите адрес или ориентир либо пришлите точку: скрепка, затем «Геопозиция». "
        "Если адрес уже назван, нажмите «Пропустить».",
    )


def ask_photo() -> Reply:
    return Reply("talk_photo", f"Приложите фото, до {MOST_PHOTOS}. Без фото тоже можно.")


def photo_kept() -> Reply:
    return Reply("talk_more", "Фото сохранил. Пришлите ещё или нажмите «Готово».")


def too_many_photos() -> Reply:
    return Reply("talk_more", f"Больше {MOST_PHOTOS} фото не возьму: первые уже сохранены. Нажмите «Готово».")


def confirm(draft: Draft) -> Reply:
    """Everything that will be sent, before it is sent."""
    point = "точка на карте" if draft.lat is not None else ""
    place = ", ".join(part for part in (draft.address, point) if part) or "не указано"
    shown = draft.text if len(draft.text) <= 1500 else f"{draft.text[:1500]}…"
    lines = ["Проверьте и отправьте.", f"Что: {shown}", f"Где: {place}", f"Фото: {len(draft.media) or 'нет'}"]
    return Reply("talk_confirm", "\n\n".join(lines))


def sent() -> Reply:
    return Reply("talk_wait", "Отправлено. Номер пришлём сюда же в течение минуты.")


def added() -> Reply:
    return Reply("talk_idle", "Передали исполнителю как дополнение к вашему сообщению.")


def corrected() -> Reply:
    return Reply("talk_wait", "Исправил.")


def dropped() -> Reply:
    return Reply("talk_idle", "Черновик удалён, ничего не отправлено.")


def stopped() -> Reply:
    return Reply(
        "talk_wait",
        "Согласие отозвано, черновик удалён. По уже отправленным сообщениям ответим здесь же. Начать снова: /start",
    )


def menu() -> Reply:
    return Reply("talk_idle", "Напишите, что случилось, или выберите действие.")


def rating_taken() -> Reply:
    return Reply("talk_wait", "Записываю оценку.")
