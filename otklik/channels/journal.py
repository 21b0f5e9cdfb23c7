"""Words of the journal for the deeds of channels."""

WORDS = {
    "channels.raw_again": "сообщение из сырого лотка взято снова",
    "channels.raw_skipped": "сообщение из сырого лотка оставлено без карточки",
    "channels.key_made": "выдан ключ доступа внешней системе",
    "channels.key_revoked": "ключ доступа внешней системы отозван",
    "channels.secret_set": "задан секрет канала",
    "channels.secret_forgotten": "секрет канала удалён",
    "channels.feed_on": "чтение канала включено",
    "channels.feed_off": "чтение канала выключено",
    "channels.feed_now": "канал велено прочитать сейчас",
    "channels.call_refused": "вызов внешней системы не принят",
    "channels.placed": "отмечено размещение или вручение",
    "channels.sent_again": "отправка начата снова",
    "channels.import_started": "начата загрузка таблицы",
    "channels.import_stopped": "загрузка таблицы прервана",
    "channels.import_continued": "прерванная загрузка таблицы продолжена",
    "channels.import_done": "загрузка таблицы окончена",
    "channels.erased": "содержимое удалено по сроку хранения",
}
