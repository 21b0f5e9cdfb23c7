"""The words advice is described with, and their Russian names. Plain data: no imports of models."""

KINDS = [
    ("communication", "общение с жителями"),
    ("online", "общение в сети"),
    ("priority", "приоритет работы"),
    ("decision", "управленческое решение"),
    ("practice", "лучшая практика"),
    ("digital", "цифровизация"),
    ("service", "новый сервис"),
    ("optimisation", "услуги и функции"),
    ("rollout", "регламент или платформа"),
]
PLURALS = {
    "communication": "Общение с жителями",
    "online": "Общение в сети",
    "priority": "Приоритеты",
    "decision": "Решения",
    "practice": "Практики",
    "digital": "Цифровизация",
    "service": "Новые сервисы",
    "optimisation": "Услуги и функции",
    "rollout": "Регламенты и платформы",
}
"""Segments of the catalogue."""

STATES = [("proposed", "ждёт решения"), ("accepted", "принято"), ("declined", "отклонено")]
ADOPTIONS = [("working", "внедряем"), ("adopted", "внедрено"), ("dropped", "не внедрено")]
EFFECTS = [
    ("economy", "экономия"),
    ("productivity", "производительность"),
    ("quality", "качество решений"),
    ("speed", "быстрее"),
]
"""What a practice has to give (Боровичи 3.2 в, Демянск 2.4): money, productivity or quality; and time."""

SIZES = [("small", "мало"), ("medium", "средне"), ("large", "много")]
"""Effort as a person sees it."""
