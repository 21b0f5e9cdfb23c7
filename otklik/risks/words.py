"""States, kinds and other lists of words of risks: what the table keeps and what a person reads.

Pure data, read by models, rules and screens.
"""

STATES = {
    "watch": "мониторинг",
    "found": "выявлен",
    "alert": "направлен в алерт-чат",
    "verification": "верификация",
    "work": "отработка",
    "answer_placed": "ответ размещён",
    "report": "отчёт в чат",
    "reaction": "наблюдение реакции",
    "closed": "отработан",
}
"""The nine steps of the procedure in their order. No card stands in `watch`: that is the day's log it came from."""
STATE_CHOICES = [(key, title) for key, title in STATES.items() if key != "watch"]
OPEN_STATES = ("found", "alert", "verification", "work", "answer_placed", "report", "reaction")

KINDS = {
    "risk": "информационный риск",
    "threat": "угроза",
    "false": "дезинформация",
}
SOURCES = {
    "hand": "просмотр страниц и чатов",
    "post": "запись в сети",
    "case": "карточка",
    "keyword": "ключевые слова",
    "spike": "всплеск обращений",
    "call": "звонок или устно",
}
WATCHED = {"local_pages": "местная страница", "resident_chats": "чат с жителями"}
VERDICTS = {"confirmed": "подтверждён", "refuted": "опровергнут", "partly": "подтверждён частично"}
CLOCKS = {
    "alert": "сообщить в алерт-чат",
    "verify": "проверить достоверность",
    "first_word": "первое слово жителям",
    "full_answer": "полный ответ",
    "watch": "наблюдать реакцию",
}
REACH_FIGURES = {
    "views": "просмотров",
    "reactions": "реакций",
    "comments": "комментариев",
    "reposts": "перепостов",
}
REACH_MARKS = {"t0": "при выявлении", "h2": "через 2 часа", "h24": "через сутки", "other": "ещё замер"}
REACH_SOURCES = {"hand": "вручную", "channel": "из сети"}
ANSWERS = {"first": "первое слово", "full": "полный ответ"}
MEASURE_KINDS = {"taken": "принята", "planned": "планируется"}
SPREAD = {
    "none": "дальше не распространяется",
    "same": "держится на прежнем уровне",
    "grows": "распространяется дальше",
}
TONES = {"calm": "спокойная", "mixed": "разная", "negative": "негативная"}
PLACES = {
    "official_page": "официальная страница",
    "site": "сайт",
    "local_media": "местное СМИ",
    "regional_media": "региональное СМИ",
    "federal_media": "федеральное СМИ",
    "comment": "комментарий под записью",
}
ALERT_KINDS = {
    "alert": "сообщение о риске",
    "report": "отчёт об отработке",
    "unknown": "неизвестные обстоятельства",
    "measures": "меры",
    "campaign": "тема для кампании",
    "answer": "ответ в чате",
}
SIGHTING_KINDS = {"keyword": "ключевые слова", "spike": "всплеск обращений", "prone": "рискогенная тема"}
SIGHTING_STATES = {"new": "не разобрано", "risk": "заведён риск", "not_risk": "не риск"}
NUDGES = {"soon": "скоро", "late": "просрочено", "escalated": "сказано выше"}
