"""A duty of the charter as it stands in `clauses.csv`, and the capabilities duties are sorted by."""

from dataclasses import dataclass

COLUMNS = ["id", "title", "capability", "cadence", "evidence"]
WHOSE = "actor"
"""A further column that may be left out: the role whose duty it is; empty says the whole centre."""

CAPABILITIES = {
    "INTAKE": "приём из каналов",
    "STRUCT": "структура и правовой режим",
    "ROUTE": "маршрутизация",
    "ANSWER": "ответ и решение по факту",
    "DEADLINE": "сроки",
    "QUALITY": "качество ответов",
    "SATISF": "удовлетворённость",
    "RATING": "рейтинг получателей",
    "ANALYTICS": "анализ",
    "HEATMAP": "карта проблем",
    "ROOTCAUSE": "первопричины",
    "ROADMAP": "дорожные карты",
    "RECOMMEND": "рекомендации и практики",
    "FASTTRACK": "ускоренное решение",
    "REPORT": "записки и отчёты",
    "MEETING": "заседания",
    "COORD": "координация и поручения",
    "RISK": "информационные риски",
    "PREVENT": "предупреждение рисков",
    "POLL": "опросы и голосования",
    "PUBLISH": "официальные страницы и открытость",
    "RBAC": "акты, состав и роли",
    "KPI": "цели и показатели",
    "INTEGRATION": "внешние системы",
    "TRAINING": "обучение",
    "SECURITY": "защита и поддержка",
    "DOCREQUEST": "запросы материалов",
}


@dataclass(frozen=True)
class ClauseRow:
    """One duty: our own short title, the key of the evidence that proves it, the role whose duty it is."""

    id: str
    title: str
    capability: str
    cadence: str
    evidence: str
    actor: str = ""


def fault_of(row: ClauseRow, seen: set[str]) -> tuple[str, str] | None:
    """What is wrong with a row as (column, words), or None; its evidence key is checked elsewhere."""
    if not row.id:
        return "id", "пункт без номера"
    if row.id in seen:
        return "id", f"пункт {row.id} записан дважды"
    if not row.title:
        return "title", f"у пункта {row.id} нет названия"
    if row.capability not in CAPABILITIES:
        return "capability", f"у пункта {row.id} неизвестная способность {row.capability!r}"
    if not row.evidence:
        return "evidence", f"у пункта {row.id} нет ключа доказательства"
    return None
