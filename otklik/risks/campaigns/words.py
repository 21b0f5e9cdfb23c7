"""Words of campaigns: kinds of threats, sources, states, steps. Pure data, read by models, rules and screens."""

KINDS = {
    "seasonal": "сезонная",
    "yearly": "ежегодная",
    "constant": "круглый год",
}
"""A seasonal threat moves with the climate, a yearly one keeps its days, a constant one has no season."""
TURNS = {"spring": "весна", "autumn": "осень", "fixed": "по календарю"}
"""Which turn of the year an edge of a season moves with."""

SOURCES = {
    "calendar": "календарь угроз",
    "forecast": "прогноз",
    "spike": "всплеск обращений",
    "risk": "информационный риск",
    "problem": "проблема",
    "hand": "заведена вручную",
}
CALL_STATES = {
    "open": "ждёт решения",
    "told": "передана в алерт-чат",
    "started": "начата кампания",
    "refused": "не нужна",
}
STATES = {
    "draft": "готовится",
    "approval": "на согласовании",
    "running": "идёт",
    "done": "завершена",
    "cancelled": "отменена",
}
LIVE = ("draft", "approval", "running")
AGREED = ("running", "done")
AT_WORK = ("draft", "running")
"""States in which steps are written and taken off."""
STEP_KINDS = {
    "post": "запись на страницах",
    "print": "памятка, листовка, объявление",
    "meeting": "сход, встреча, обход",
    "media": "СМИ",
    "hotline": "горячая линия",
    "work": "работы на месте",
    "other": "другое",
}
STEP_STATES = {"planned": "впереди", "placed": "в контент-плане", "done": "сделано", "dropped": "снято"}
STAGES = {"prepare": "подготовка", "carry": "проведение"}
DECISIONS = {"": "ждём", "agreed": "согласовано", "refused": "возвращено"}
VERDICTS = {
    "proved": "обращений меньше прогноза",
    "unclear": "эффект не доказан",
    "worse": "обращений больше прогноза",
    "few": "недостаточно данных",
}
