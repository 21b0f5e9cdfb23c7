"""Words of the content plan: states, origins, starters of rubrics and target groups."""

MATERIAL_STATES = {
    "draft": "черновик",
    "approval": "на согласовании",
    "approved": "согласован",
    "withdrawn": "снят",
}
POST_STATES = {
    "draft": "черновик",
    "approval": "на согласовании",
    "approved": "ждёт времени",
    "sending": "выходит",
    "placed": "вышла",
    "by_hand": "разместить руками",
    "held": "придержана",
    "failed": "не вышла",
    "withdrawn": "снята",
}
PLANNED = ("draft", "approval", "approved")
"""States in which a post may still be moved on the board and changed."""

ORIGINS = {
    "hand": "своя тема",
    "analysis": "по итогам анализа",
    "answer": "развёрнутый ответ",
    "work": "плановые работы",
    "risk": "информационный риск",
    "campaign": "профилактическая кампания",
    "poll": "опрос или обсуждение",
}
OF_ABOUT = {"risk": "risk", "campaign": "campaign", "poll": "poll", "problem": "answer", "roadmap": "work"}
"""Which origin the thing behind `about` («risk:12») means."""

PAST = "Это время уже прошло: выберите будущее."
PRIVATE = {
    "phone": "похоже на телефон человека",
    "email": "похоже на почту человека",
    "passport": "номер паспорта",
    "snils": "СНИЛС",
    "inn": "ИНН человека",
    "card": "номер карты",
    "account": "номер счёта",
    "plate": "номер машины",
    "flat": "номер квартиры",
    "name": "имя человека",
    "birthdate": "дата рождения",
}
"""Kinds of personal data as a hint names them."""

MARKS = {"2h": "через 2 часа", "24h": "через сутки", "7d": "через неделю", "hand": "вручную"}

RUBRICS = {
    "news": "Новости округа",
    "works": "Работы и отключения",
    "answers": "Отвечаем жителям",
    "done": "Сделано по обращениям",
    "safety": "Безопасность",
    "rights": "Меры поддержки и права",
    "people": "События и люди",
    "polls": "Опросы и обсуждения",
    "alerts": "Срочно",
}
GROUPS = {
    "everyone": ("Все жители", "просто и коротко: что, где, когда, куда звонить"),
    "parents": ("Родители", "сроки, адреса школ и садов, что взять с собой"),
    "seniors": ("Старшее поколение", "крупно, без сокращений, телефон вместо ссылки"),
    "youth": ("Молодёжь", "короче, со снимком и ссылкой на запись"),
    "business": ("Предприниматели и организации", "срок, норма, форма, контакт"),
    "drivers": ("Водители", "участок, время, объезд"),
    "owners": ("Собственники домов и квартир", "адреса домов, даты работ, телефон аварийной службы"),
    "gardeners": ("Садоводы", "сезонные запреты, вывоз мусора, график автобусов"),
}
