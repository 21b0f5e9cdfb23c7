"""Monthly figures of appeals by Указ Президента 171 of 17.04.2017: outcomes, marks, ways in, questions by code.

The lists of outcomes and marks are those of the monthly return; «взято на контроль» is an interim answer: a promise
with its day stays under control until it is kept.
"""

from otklik.analytics.figures import Sums
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
    rows = [
        (text_cell(title), count_cell(now), count_cell(was), change_cell(now, was))
        for title, now, was in (
            (title, _sum(pair.now, names), _sum(pair.was, names)) for title, names in OUTCOMES
        )
    ]
    page.table("Итоги по обращениям", ("Итог", "За период", "Было", "Изменение"), rows, (3.4, 1, 1, 1))


def marks(source: Source, page: Writing, typed: str) -> None:
    page.head("Отметки")
    pair = _appeals(source)
    late = "answered", "answered_legal"
    marked, before = source.outcomes(source.period), source.outcomes(source.previous)
    rows = [
        (
            text_cell("Отвечено с нарушением срока"),
            count_cell(pair.now[late[0]] - pair.now[late[1]]),
            count_cell(pair.was[late[0]] - pair.was[late[1]]),
        ),
        *(
            (text_cell(title), count_cell(pair.now[name]), count_cell(pair.was[name]))
            for name, title in (
                ("received_repeated", "Повторное"),
                ("received_collective", "Коллективное"),
                ("answered_interim", "Взято на контроль: промежуточный ответ с\u00a0обещанием"),
                ("extended", "Срок продлён"),
                ("registered_late", "Зарегистрировано позже трёх дней"),
            )
        ),
        *((text_cell(title), count_cell(marked[name]), count_cell(before[name])) for name, title in MARKED),
    ]
    page.table("Отметки о рассмотрении", ("Отметка", "За период", "Было"), rows, (3.4, 1, 1))


def ways(source: Source, page: Writing, typed: str) -> None:
    page.head("Как поступили")
    came = source.pairs("channel", kind="appeal")
    rows = []
    for title, kinds in WAYS.values():
        own = [pair for (key,), pair in came.items() if source.channel_kinds.get(key) in kinds]
        rows.append(_way(title, own))
    known = {kind for _, kinds in WAYS.values() for kind in kinds}
    other = [pair for (key,), pair in came.items() if source.channel_kinds.get(key) not in known]
    if any(pair.now["received"] or pair.was["received"] for pair in other):
        rows.append(_way("Иначе", other))
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
                count_cell(_sum(pair.now, names))
                for names in (("received",), *(one for _, one in OUTCOMES[:3]))
            ),
            count_cell(_sum(pair.now, OUTCOMES[3][1])),
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


OUTCOMES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Поддержано, меры приняты", ("answered_solved",)),
    ("Разъяснено", ("answered_explained",)),
    ("Не поддержано", ("answered_refused",)),
    ("Направлено по компетенции", ("forwarded", "answered_forwarded")),
    ("Дан ответ автору, всего", ("answered",)),
    ("Оставлено без ответа", ("left_unanswered",)),
)


def _appeals(source: Source) -> Pair:
    return source.pairs(kind="appeal").get((), Pair())


def _sum(sums: Sums, names: tuple[str, ...]) -> int:
    return sum(sums[name] for name in names)


def _way(title: str, pairs: list[Pair]) -> tuple[Cell, ...]:
    now, was = (
        sum(one["received"] for one in side) for side in ([p.now for p in pairs], [p.was for p in pairs])
    )
    return text_cell(title), count_cell(now), count_cell(was)


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
