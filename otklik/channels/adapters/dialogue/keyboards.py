"""Buttons under what the bot says, by the kind of what leaves; each messenger draws them its own way."""

from dataclasses import dataclass

GEO = "geo"
ANSWERS = frozenset({"answer", "published"})


@dataclass(frozen=True)
class Button:
    """What is written on it and what comes back when it is pressed; `GEO` asks for the place where it can be asked."""

    text: str
    data: str


Rows = tuple[tuple[Button, ...], ...]

NEW, MINE = Button("Новое сообщение", "new"), Button("Мои обращения", "mine")
CANCEL = Button("Отменить", "cancel")
IDLE: Rows = ((NEW,), (MINE,))
ROWS: dict[str, Rows] = {
    "talk_consent": ((Button("Согласен", "agree"),),),
    "talk_text": ((CANCEL,),),
    "talk_place": ((Button("Отправить точку", GEO),), (Button("Пропустить", "skip_place"),), (CANCEL,)),
    "talk_photo": ((Button("Без фото", "photo_done"),), (CANCEL,)),
    "talk_more": ((Button("Готово", "photo_done"),), (CANCEL,)),
    "talk_confirm": ((Button("Отправить", "send"),), (Button("Написать заново", "again"), CANCEL)),
    "talk_idle": IDLE,
    "talk_status": IDLE,
}


def buttons_of(kind: str, about: str) -> Rows:
    """The rows under an outgoing of this kind; a final answer carries the five scores of its case."""
    if kind in ANSWERS:
        return (tuple(Button(str(score), f"rate:{about}:{score}") for score in range(1, 6)),)
    return ROWS.get(kind, ())
