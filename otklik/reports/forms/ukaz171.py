"""Monthly figures of appeals by Указ Президента 171 of 17.04.2017: outcomes, marks, ways in, questions by code.

The lists of outcomes and marks are those of the monthly return; «взято на контроль» is an interim answer: a promise
with its day stays under control until it is kept.
"""

from collections.abc import Mapping

from otklik.analytics.figures import Sums
from otklik.analytics.measures import measure
from otklik.common.words import NBSP, count, number
from otklik.reports.forms.form import Form
from otklik.reports.parts import Cell, Writing, change_cell, count_cell, text_cell
from otklik.reports.periods import in_short, in_words
from otklik.reports.phrases import APPEALS, difference, sentence
from otklik.reports.source import Pair, Source

WAYS = {
    "electronic": ("Электронная", ("portal_gov", "web_form", "email", "pos", "api", "ecpur", "file")),
    "edms": ("МЭДО, СЭД", ("edms",)),
    "written": ("Письменная", ("paper",)),
    "oral": ("Устная", ("phone", "oral")),
    "reception": ("Личный приём", ("reception",)),
}
MARKED = (
    ("was_visited", "Рассмотрено с\u00a0выездом на\u00a0место"),
    ("held_liable", "Привлечены к\u00a0ответственности, лиц"),
)
UNKNOWN_CODE = "код не\u00a0определён"


def outcomes(source: Source, page: Writing, typed: str) -> None:
    page.head("Результаты рассмотрения")
    pair = _appeals(source)
    came = pair.now["received"]
    period = in_short(source.period)
    if not came and not pair.was["received"]:
        page.say(sentence(f"за{NBSP}{period} обращений не поступало"))
    else:
        change = difference(came, pair.was["received"], source.previous_words)
        page.say(sentence(f"за{NBSP}{period} поступило {count(came, *APPEALS)}, {change}"))
    rows = []
    for title, key in OUTCOMES:
        now, was = _pair_cells(source, pair, key)
        rows.append(
            (text_cell(title), now, was, change_cell(_counted(pair.now, key), _counted(pair.was, key)))
        )
    page.table("Итоги по обращениям", ("Итог", "За период", "Было", "Изменение"), rows, (3.4, 1, 1, 1))


def marks(source: Source, page: Writing, typed: str) -> None:
    page.head("Отметки")
    pair = _appeals(source)
    marked, before = source.outcomes(source.period), source.outcomes(source.previous)
    rows = [
        *((text_cell(title), *_pair_cells(source, pair, key)) for title, key in MARKS),
        *((text_cell(title), count_cell(marked[name]), count_cell(before[name])) for name, title in MARKED),
    ]
    page.table("Отметки о рассмотрении", ("Отметка", "За период", "Было"), rows, (3.4, 1, 1))


def ways(source: Source, page: Writing, typed: str) -> None:
    page.head("Как поступили")
    came = source.pairs("channel", kind="appeal")
    rows = []
    for title, kinds in WAYS.values():
        own = {key: pair for (key,), pair in came.items() if source.channel_kinds.get(key) in kinds}
        rows.append(_way(source, title, own))
    known = {kind for _, kinds in WAYS.values() for kind in kinds}
    other = {key: pair for (key,), pair in came.items() if source.channel_kinds.get(key) not in known}
    if any(pair.now["received"] or pair.was["received"] for pair in other.values()):
        rows.append(_way(source, "Иначе", other))
    page.table("Форма поступления", ("Форма", "За период", "Было"), rows, (3.4, 1, 1))


def questions(source: Source, page: Writing, typed: str) -> None:
    came = source.pairs("topic", kind="appeal")
    found = sorted(
        ((key, pair) for (key,), pair in came.items() if pair.now["received"] or pair.now["answered"]),
        key=lambda one: (-one[1].now["received"], one[0]),
    )
    if not found:
        return
    page.head("Вопросы обращений")
    rows = [
        (
            text_cell(_codes(source, key)),
            text_cell(source.topics[key].title if key in source.topics else "Тема не определена"),
            *(
                source.behind("topic", key, kind="appeal").opens(count_cell(_counted(pair.now, one)), one)
                for one in OF_QUESTION
            ),
        )
        for key, pair in found
    ]
    page.table(
        "Вопросы по классификатору и итоги",
        (
            "Код",
            "Тема",
            "Посту\u00adпило",
            "Поддер\u00adжано",
            "Разъяс\u00adнено",
            "Не под\u00adдержано",
            "Направ\u00adлено",
        ),
        rows,
        (2.7, 2.3, 0.9, 0.9, 0.9, 0.9, 0.9),
    )
    page.say(f"Период: {in_words(source.period)}.", f"Всего тем — {number(len(rows))}.")


OUTCOMES: tuple[tuple[str, str], ...] = (
    ("Поддержано, меры приняты", "solved"),
    ("Разъяснено", "explained"),
    ("Не поддержано", "refused"),
    ("Направлено по компетенции", "sent_on"),
    ("Дан ответ автору, всего", "answered"),
    ("Оставлено без ответа", "left_unanswered"),
)
"""Lines of the return by the measure of the catalogue that counts them above its line."""
OF_QUESTION = ("received", "solved", "explained", "refused", "sent_on")
MARKS: tuple[tuple[str, str], ...] = (
    ("Отвечено с нарушением срока", "late_answers"),
    ("Повторное", "repeated"),
    ("Коллективное", "collective"),
    ("Взято на контроль: промежуточный ответ с\u00a0обещанием", "interim"),
    ("Срок продлён", "extended"),
    ("Зарегистрировано позже трёх дней", "registered_late"),
)


def _appeals(source: Source) -> Pair:
    return source.pairs(kind="appeal").get((), Pair())


def _counted(sums: Sums, key: str) -> int:
    return sum(sign * sums[name] for name, sign in measure(key).above.items())


def _pair_cells(source: Source, pair: Pair, key: str) -> tuple[Cell, Cell]:
    """A count of appeals now and before, each with its cases."""
    now, was = source.behind(kind="appeal"), source.earlier.behind(kind="appeal")
    return (
        now.opens(count_cell(_counted(pair.now, key)), key),
        was.opens(count_cell(_counted(pair.was, key)), key),
    )


def _way(source: Source, title: str, own: Mapping[str, Pair]) -> tuple[Cell, Cell, Cell]:
    """Appeals that came by these channels."""
    sides = (([one.now for one in own.values()], source), ([one.was for one in own.values()], source.earlier))
    now, was = (
        over.behind(kind="appeal", channel=sorted(own)).opens(
            count_cell(sum(one["received"] for one in came)), "received"
        )
        for came, over in sides
    )
    return text_cell(title), now, was


def _codes(source: Source, key: str) -> str:
    topic = source.topics.get(key)
    return topic.codes[0] if topic and topic.codes else UNKNOWN_CODE


UKAZ171 = Form(
    key="ukaz171",
    heading="Сведения",
    subject="о результатах рассмотрения обращений (Указ Президента Российской Федерации от 17.04.2017 № 171)",
    version=2,
    sections={"outcomes": outcomes, "marks": marks, "ways": ways, "questions": questions},
)
