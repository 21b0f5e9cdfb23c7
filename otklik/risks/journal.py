"""Words of the journal for risks."""

from otklik.risks.rules import DEEDS

WORDS = {
    **{f"risks.{key}": f"риск: {deed.done}" for key, deed in DEEDS.items()},
    "risks.page_watched": "страница взята под наблюдение",
    "risks.page_left": "за страницей больше не наблюдают",
    "risks.looked": "записан просмотр страницы",
    "risks.dismissed": "находка: не риск",
    "risks.prone_listed": "тема внесена в перечень рискогенных",
    "risks.prone_struck": "тема исключена из перечня рискогенных",
    "risks.chat_alert": "сообщение о риске отдано в алерт-чат",
    "risks.chat_report": "отчёт об отработке отдан в алерт-чат",
    "risks.chat_unknown": "в алерт-чат сообщено о неизвестных обстоятельствах",
    "risks.chat_measures": "в алерт-чат сообщено о мерах",
    "risks.chat_campaign": "в алерт-чат предложена тема кампании",
    "risks.chat_tied": "ответ из алерт-чата отнесён к риску",
    "risks.erased": "ссылка и копия риска удалены по сроку хранения",
    "risks.escalated": "о просроченном риске сказано выше",
}
