"""The words a case is described with, and their Russian names. Plain data: no imports of models."""

KINDS = [("appeal", "обращение"), ("message", "сообщение")]

TEXT_KINDS = [
    ("complaint", "жалоба"),
    ("statement", "заявление"),
    ("proposal", "предложение"),
    ("question", "вопрос"),
    ("thanks", "благодарность"),
    ("spam", "спам"),
]

URGENCIES = [("normal", "обычная"), ("high", "срочно")]

STATES = [
    ("registered", "зарегистрировано"),
    ("assigned", "назначено"),
    ("in_work", "в работе"),
    ("asking", "ждём заявителя"),
    ("on_approval", "на согласовании"),
    ("signing", "на подписи"),
    ("placing", "ждёт размещения"),
    ("sent", "отправлено"),
    ("closed", "закрыто"),
    ("forwarded", "переадресовано"),
    ("left", "без ответа по существу"),
    ("joined", "присоединено"),
]
OPEN_STATES = ("registered", "assigned", "in_work", "asking", "on_approval", "signing", "placing")
DONE_STATES = ("sent", "closed", "forwarded", "left", "joined")

ANSWER_KINDS = [
    ("solved", "решено"),
    ("explained", "разъяснено"),
    ("interim", "промежуточный"),
    ("forwarded", "перенаправлено"),
    ("refused", "отказ"),
]

# Why a case waits in the tray when its topic is not sure; counted by the screen of topics.
UNSURE = "тема ниже порога уверенности: решает человек"
