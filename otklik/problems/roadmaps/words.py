"""What roadmaps, their measures and their effects are called on screens and on paper. Plain data and sentences."""

from otklik.common import words
from otklik.problems.roadmaps.effect import Effect

KINDS = [
    ("roadmap", "дорожная карта"),
    ("improvement_plan", "план мероприятий по улучшению работы"),
    ("interdepartmental", "межведомственная дорожная карта"),
]
STATES = [
    ("draft", "готовится"),
    ("approval", "на согласовании"),
    ("approved", "утверждена"),
    ("running", "исполняется"),
    ("done", "исполнена"),
    ("cancelled", "отменена"),
]
LIVE = ("draft", "approval", "approved", "running")
AGREED = ("approved", "running", "done")
"""States a person with the right to approve has agreed to."""
AT_WORK = ("approved", "running")

MEASURE_STATES = [
    ("planned", "не начато"),
    ("running", "в работе"),
    ("done", "сделано"),
    ("dropped", "снято"),
]
OPEN = ("planned", "running")

PROOFS = [("photo", "фото"), ("act", "акт"), ("file", "документ"), ("link", "ссылка")]
DECISIONS = [("agreed", "согласовано"), ("refused", "возвращено")]

VERDICTS = [
    ("proved", "эффект доказан"),
    ("unclear", "эффект не доказан"),
    ("worse", "обращений стало больше"),
    ("few", "недостаточно данных"),
]


def verdict_of(effect: Effect | None) -> str:
    """Which of `VERDICTS` an effect is."""
    if effect is None:
        return "few"
    if effect.is_proved:
        return "proved"
    return "worse" if effect.is_worse else "unclear"


def say_effect(effect: Effect) -> str:
    """«Обращений стало меньше на 34 % (от 18 до 47 %) против территории сравнения.»"""
    if effect.is_proved:
        said = f"Обращений стало меньше на {_share(effect.change)} (от {_size(effect.high)} до {_share(effect.low)})"
        return words.tie(f"{said} против сравнения: случайностью это не объяснить.")
    if effect.is_worse:
        said = f"Обращений стало больше на {_share(effect.change)} (от {_size(effect.low)} до {_share(effect.high)})"
        return words.tie(f"{said} против сравнения: мера не помогла.")
    said = f"Против сравнения обращений {_move(effect.change)}, но это может быть и случайностью"
    return words.tie(f"{said}: возможно всё от {_signed(effect.low)} до {_signed(effect.high)}.")


def say_lacks(lacks: list[str]) -> str:
    """«Недостаточно данных: недель после меры 2, нужно 4.»"""
    return words.tie(f"Недостаточно данных: {'; '.join(lacks)}.")


def _move(change: float) -> str:
    if round(change) == 0:
        return "столько же"
    return f"{'меньше' if change < 0 else 'больше'} на {_share(change)}"


def _size(change: float) -> str:
    return words.number(abs(round(change)))


def _share(change: float) -> str:
    return f"{_size(change)} %"


def _signed(change: float) -> str:
    whole = round(change)
    return f"{'+' if whole > 0 else ''}{words.number(whole)} %"
