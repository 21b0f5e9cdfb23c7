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

# Who speaks in the conversation of a case; other residents of a public thread have no name here.
SPEAKERS = [("applicant", "заявитель"), ("official", "администрация"), ("resident", "другой участник")]
UTTERANCE_KINDS = [
    ("remark", "реплика"),
    ("question", "вопрос заявителю"),
    ("reply", "ответ на вопрос"),
    ("edited", "текст изменён в источнике"),
    ("removed", "удалено в источнике"),
]

# Why a case waits in the tray when its topic is not sure; counted by the screen of topics.
UNSURE = "тема ниже порога уверенности: решает человек"
