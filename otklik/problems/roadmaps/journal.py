"""Words of the journal for roadmaps."""

WORDS = {
    "roadmaps.drafted": "составлена дорожная карта",
    "roadmaps.changed": "дорожная карта изменена",
    "roadmaps.measure_added": "в дорожную карту внесено мероприятие",
    "roadmaps.measure_changed": "мероприятие изменено",
    "roadmaps.measure_dropped": "мероприятие снято",
    "roadmaps.moved": "перенесены сроки мероприятий",
    "roadmaps.sent": "дорожная карта отправлена на согласование",
    "roadmaps.agreed": "дорожная карта согласована",
    "roadmaps.refused": "дорожная карта возвращена с замечанием",
    "roadmaps.approved": "дорожная карта утверждена",
    "roadmaps.reopened": "дорожная карта открыта для новой редакции",
    "roadmaps.measure_begun": "мероприятие взято в работу",
    "roadmaps.measure_done": "о мероприятии доложено: сделано",
    "roadmaps.measure_returned": "мероприятие возвращено в работу",
    "roadmaps.finished": "дорожная карта исполнена",
    "roadmaps.cancelled": "дорожная карта отменена",
    "roadmaps.control_chosen": "выбрана территория сравнения",
    "roadmaps.effect_counted": "посчитан эффект дорожной карты",
    "roadmaps.flow_returned": "поток обращений вернулся после мер",
}
