"""Words of the journal for reports."""

WORDS = {
    "reports.composed": "отчёт составлен",
    "reports.recomposed": "отчёт составлен заново",
    "reports.confirmed": "блок подтвердил свою часть отчёта",
    "reports.frozen": "отчёт заморожен",
    "reports.approved": "отчёт подписан",
    "reports.sent": "отчёт отправлен",
    "reports.mailed": "отчёт поставлен в очередь на отправку письмом",
    "reports.request_taken": "принят запрос материалов",
    "reports.request_assembled": "материалы по запросу собраны",
    "reports.request_withdrawn": "запрос материалов снят",
    "reports.part_filled": "блок заполнил часть материалов",
    "reports.part_confirmed": "блок подтвердил часть материалов",
    "reports.part_returned": "часть материалов возвращена блоку",
    "reports.template_tried": "загружен шаблон отчёта на пробу",
    "reports.template_kept": "принят свой шаблон отчёта",
    "reports.template_dropped": "свой шаблон отчёта убран",
    "reports.dropped": "проект отчёта удалён",
    "reports.table_made": "составлена таблица для региона",
    "reports.table_handed": "таблица для региона передана",
    "reports.table_again": "передача таблицы начата снова",
}
