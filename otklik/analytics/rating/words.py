"""The rating in Russian: cells, changes that raise, the line of the formula. Pure; read by the desk and reports."""

from otklik.analytics.rating.figures import CRITERIA, Figure, Key
from otklik.analytics.rating.formula import Formula, Weighed
from otklik.analytics.rating.lifts import Lift
from otklik.analytics.rating.rules import NO_DATA, TOO_FEW
from otklik.common.words import NBSP, count, number, percent, plural

WHY_NOT = {TOO_FEW: "мало карточек", NO_DATA: "нет данных ни по одному показателю"}


def value_words(key: Key, figure: Figure) -> str:
    """The big word of a cell: «97 %», «3,1 ч», «4,6»."""
    match CRITERIA[key].unit:
        case "hours":
            return f"{number(figure.numerator)}{NBSP}ч"
        case "score":
            return number(figure.value, 1)
        case "share":
            return percent(figure.value)


def parts_words(key: Key, figure: Figure) -> str:
    """What stands under it: «38/39», «41 отв.», «14 оценок»."""
    match CRITERIA[key].unit:
        case "hours":
            return f"{number(figure.denominator)}{NBSP}отв."
        case "score":
            return count(figure.denominator, "оценка", "оценки", "оценок")
        case "share":
            return f"{number(figure.numerator)}/{number(figure.denominator)}"


def lift_words(lift: Lift) -> str:
    """What has to be done, as one phrase without a full stop."""
    was, steps = lift.was, lift.steps
    left = int(was.denominator - was.numerator)
    match lift.key:
        case "overdue":
            of = _of(int(was.numerator), "просроченной", "просроченных")
            return f"Ответить в срок ещё по {_cards(steps)} {of}"
        case "speed":
            return f"Первый ответ за {number(lift.becomes.numerator)}{NBSP}ч вместо {number(was.numerator)}{NBSP}ч"
        case "repeats":
            of = _of(int(was.numerator), "повторной", "повторных")
            return f"Не допустить {count(steps, 'повтора', 'повторов', 'повторов')} {of}"
        case "solved":
            of = _of(left, "нерешённой", "нерешённых")
            return f"Решить на деле ещё {count(steps, 'карточку', 'карточки', 'карточек')} {of}"
        case "satisfaction":
            return f"Средняя оценка {number(lift.becomes.value, 1)} вместо {number(was.value, 1)}"
        case "quality":
            of = _of(left, "возвращённого", "возвращённых")
            return f"Согласовать с первого раза ещё {count(steps, 'ответ', 'ответа', 'ответов')} {of}"


def edges_words(one: Weighed) -> str:
    """«полный балл до 2 %, ноль от 20 %»."""
    criterion = CRITERIA[one.key]
    full, zero = (_edge(one.key, edge) for edge in (one.full, one.zero))
    if criterion.up_is_good:
        return f"полный балл от {full}, ноль до {zero}"
    return f"полный балл до {full}, ноль от {zero}"


def formula_words(formula: Formula) -> str:
    """How many criteria and that weights make a hundred."""
    return f"{count(len(formula.criteria), 'показатель', 'показателя', 'показателей')}, сумма весов 100"


def place_words(place: int, place_to: int) -> str:
    """«5», a shared place «3–4»."""
    return str(place) if place == place_to else f"{place}–{place_to}"


def before_words(place: int, before: int | None) -> str:
    """«было 3», «↑ с 6», «↓ с 2»; empty when there was no place before."""
    if before is None:
        return ""
    if before == place:
        return f"было {before}"
    return f"{'↑' if before > place else '↓'} с {before}"


def weight_words(weight: float) -> str:
    """«25», «41,7»."""
    return number(round(weight, 1))


def _edge(key: Key, edge: float) -> str:
    match CRITERIA[key].unit:
        case "hours":
            return f"{number(edge)}{NBSP}{plural(int(edge), 'нормы', 'норм', 'норм') if edge % 1 == 0 else 'нормы'}"
        case "score":
            return number(edge)
        case "share":
            return percent(edge)


def _of(n: int, one: str, many: str) -> str:
    return f"из {number(n)} {plural(n, one, many, many)}"


def _cards(n: int) -> str:
    return count(n, "карточке", "карточкам", "карточкам")
