"""The words of polls: forms, states, kinds of questions, ways in, verdicts. Used by tables, rules and screens."""

FORMS = {"poll": "опрос", "vote": "голосование", "discussion": "общественное обсуждение"}
STATES = {
    "draft": "черновик",
    "approval": "на утверждении",
    "approved": "утверждено",
    "open": "идёт",
    "closed": "закрыто",
    "summed": "итоги подведены",
    "decided": "решение принято",
    "withdrawn": "снято",
}
COUNTED = {
    "poll": ("опрос", "опроса", "опросов"),
    "vote": ("голосование", "голосования", "голосований"),
    "discussion": ("обсуждение", "обсуждения", "обсуждений"),
}
ENDED = ("closed", "summed", "decided")
KINDS = {
    "single": "один ответ из списка",
    "multiple": "несколько ответов из списка",
    "scale": "оценка по шкале",
    "text": "свободный ответ",
    "point": "точка на карте",
}
CHOSEN = ("single", "multiple")
"""Kinds answered by options of a list."""
ACCESS = {
    "open": "открытый: один голос с устройства",
    "code": "по коду: один голос с почты или телефона",
    "esia": "через Госуслуги: один голос человека",
}
PLACES = {"portal": "на нашей странице", "pages": "на официальных страницах", "pos": "в ПОС"}
STRATA = {"age": "возраст", "area": "место жительства"}
ADMITTED = {"ballot": "проголосовал", "support": "поддержал предложение"}
MODERATION = {"waiting": "на проверке", "shown": "опубликовано", "refused": "не опубликовано"}
VERDICTS = {
    "accepted": "принято",
    "partly": "учтено частично",
    "declined": "отклонено",
    "noted": "принято к сведению",
}
SIGNS = {
    "burst": "всплеск голосов",
    "network": "много голосов из одной сети",
    "text": "одинаковые тексты",
    "place": "точки вне территории",
}
