"""The first charter of a new municipality, written from a few answers: `charter.toml` and `clauses.csv`. Pure text.

What is asked is what no default can know; everything else stands in common.toml or is left for the act to say. The
duties are the keys of evidence of the parts chosen, each under our own short title, so the list passes the check and
is then mended by the numbers of the real act.
"""

import csv
import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from otklik.charter.clauses import CAPABILITIES, COLUMNS, WHOSE
from otklik.charter.evidence import EvidenceKey, answered_keys, evidence_keys

DATE = (2020, 1, 1, 0, 0, 0)
"""The same answers give the same archive, byte by byte."""
LEVELS = ("district", "municipal_okrug", "city_okrug")
ALWAYS = ("RBAC", "STRUCT", "INTAKE", "ROUTE", "ANSWER", "DEADLINE", "COORD", "INTEGRATION")
CHOSEN = {
    "quality": ("QUALITY", "SATISF"),
    "rating": ("RATING",),
    "analysis": ("ANALYTICS", "HEATMAP", "KPI"),
    "problems": ("ROOTCAUSE", "ROADMAP", "RECOMMEND"),
    "note": ("REPORT",),
    "meetings": ("MEETING",),
}
"""Parts a centre may choose, and the capabilities whose duties come with each."""
CHANNELS = {
    "pos": ("Платформа обратной связи", "both", "federal", "electronic"),
    "incident": ("Инцидент менеджмент", "both", "federal", "electronic"),
    "web_form": ("Форма на сайте", "in", "municipal", "electronic"),
    "phone": ("Телефон", "in", "municipal", "oral"),
    "paper": ("Письмо", "both", "municipal", "written"),
    "reception": ("Личный приём", "both", "municipal", "oral"),
}


@dataclass(frozen=True)
class Answers:
    """What the questionnaire asks; `prefix` begins the numbers of duties («ZAR»)."""

    key: str
    prefix: str
    name: str
    short_name: str
    region: str
    time_zone: str
    level: str
    leader: str
    curator: str
    head: str
    parts: Sequence[str]
    channels: Sequence[str]
    act_number: str = ""


def draft_files(answers: Answers) -> dict[str, str]:
    """Both files of the charter by their names."""
    return {"charter.toml": draft_charter(answers), "clauses.csv": draft_clauses(answers)}


def packed(answers: Answers) -> bytes:
    """The folder of the charter as a ZIP: to be unpacked where OTKLIK_PRESETS points."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in draft_files(answers).items():
            archive.writestr(zipfile.ZipInfo(f"{answers.key}/{name}", DATE), text.encode())
    return out.getvalue()


def duties_by_capability(answers: Answers) -> dict[str, int]:
    """How many duties come with each capability, in the order of the catalogue."""
    keys = [key.capability for key in _keys(answers)]
    return {words: keys.count(one) for one, words in CAPABILITIES.items() if one in keys}


def draft_charter(answers: Answers) -> str:
    """The text of `charter.toml`."""
    return "\n".join(_lines(answers)) + "\n"


def draft_clauses(answers: Answers) -> str:
    """The text of `clauses.csv`."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow([*COLUMNS, WHOSE])
    for number, key in enumerate(_keys(answers), start=1):
        cadence = "2 раза в месяц" if key.key == "reports.note" else ""
        table.writerow([f"{answers.prefix}-{number}", key.title, key.capability, cadence, key.key, ""])
    return out.getvalue()


def _keys(answers: Answers) -> list[EvidenceKey]:
    wanted = {*ALWAYS, *(one for part in answers.parts for one in CHOSEN[part])}
    return [
        key for key in evidence_keys().values() if key.capability in wanted and key.key in answered_keys()
    ]


def _lines(answers: Answers) -> Iterator[str]:
    yield f"# {answers.name}. Черновик по ответам: сверьте с актом и допишите."
    yield from _table(
        "identity",
        name=answers.name,
        short_name=answers.short_name,
        region=answers.region,
        level=answers.level,
        time_zone=answers.time_zone,
        centre_title=f"Муниципальный центр управления: {answers.short_name}",
        leader="leader",
        regional_centre="Центр управления регионом",
    )
    yield from _table(
        "acts.creation",
        kind="постановление",
        title="О создании муниципального центра управления",
        number=answers.act_number,
        approves=["centre", "charter", "composition"],
    )
    yield from _table("versions", charter="creation", composition="creation")
    yield from _table("form", kinds=["working_group"])
    yield from _table("planning", levels=["municipality"])
    yield from _table(
        "bodies.administration", name="Администрация", short_name="Администрация", kind="administration"
    )
    yield from _table("posts.leader", title=answers.leader, body="administration")
    yield from _table("posts.curator", title=answers.curator, body="administration")
    yield from _table("posts.head", title=answers.head, body="administration")
    yield from _roles(answers)
    yield from _intake(answers)
    yield from _work(answers)


def _roles(answers: Answers) -> Iterator[str]:
    """Roles no centre works without; those the act has not named yet are appointed on the page of people."""
    for key, title, post in (
        ("curator", "Куратор МЦУ", "curator"),
        ("head", "Руководитель МЦУ", "head"),
        ("leader", answers.leader, "leader"),
        ("signer", "Подписывает ответы на обращения", "curator"),
        ("executor", "Исполнитель", ""),
        ("member", "Член МЦУ", ""),
        ("administrator", "Администратор", ""),
    ):
        yield from _table(f"roles.{key}", title=title)
        yield f'holders = [{{ post = "{post}" }}]' if post else "holders = []"


def _intake(answers: Answers) -> Iterator[str]:
    yield from _table("applicants", categories=["citizen", "organisation"])
    yield from _table("regime", definition="none", message_forms=["electronic"])
    paper = [key for key in answers.channels if CHANNELS[key][3] != "electronic"]
    channels = json.dumps(paper, ensure_ascii=False)
    if not paper:
        yield "rules = []"
    else:
        yield f'rules = [{{ channels = {channels}, gives = "appeal", ground = "59-ФЗ, статья 4" }}]'
    for key in answers.channels:
        title, direction, level, form = CHANNELS[key]
        yield from _table(
            f"channels.{key}", kind=key, title=title, direction=direction, level=level, form=form
        )
    yield from _table("topics", shape="none")
    yield from _table("blocks.everything", title="Все темы", catch_all=True)


def _work(answers: Answers) -> Iterator[str]:
    yield from _table("rating", on="rating" in answers.parts)
    yield from _table("fast_track", on=False)
    yield from _table("reports")
    if "note" in answers.parts:
        yield from _table(
            "reports.note", title="Аналитическая записка", addressee=answers.leader, cadence="twice_a_month"
        )
    if "meetings" in answers.parts:
        held = {
            "chair": "curator",
            "signer": "curator",
            "deputy_chair": "head",
            "organiser": "head",
            "keeper": "head",
        }
        yield from _table(
            "meetings", mode="full", forms=["in_person", "in_absentia"], cadence="as_needed", **held
        )
    else:
        yield from _table("meetings", mode="off")
    yield from _table("risks", mode="off")
    yield from _table("polls", forms=[], placed_in="none")
    yield from _table("goal", kind="not_stated")
    yield from _table("problems", sources=["cases"])
    yield ""
    yield "[[answers]]"
    yield 'kinds = ["appeal"]\napproves = ["curator"]\nsigns = "signer"\nfour_eyes = true\nsignature = "required"'
    yield 'ground = "59-ФЗ, статья 10"'
    yield ""
    yield "[[answers]]"
    yield 'approves = ["head"]\nfour_eyes = true\nsignature = "mark"\nground = "решает центр"'
    for days, role, words in (
        (-1, "head", "завтра срок"),
        (0, "head", "срок сегодня"),
        (1, "curator", "срок прошёл"),
    ):
        yield ""
        yield "[[escalation]]"
        yield f'days = {days}\nto = "{role}"\nwords = "{words}"'


def _table(name: str, /, **values: str | bool | list[str]) -> Iterator[str]:
    """A table of TOML: its strings and lists are written the way JSON writes them."""
    yield ""
    yield f"[{name}]"
    for key, value in values.items():
        yield f"{key} = {json.dumps(value, ensure_ascii=False)}"
