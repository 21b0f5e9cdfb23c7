"""Words of the journal for reports."""

WORDS = {
    "reports.composed": "отчёт составлен",
    "reports.recomposed": "отчёт составлен заново",
    "reports.confirmed": "блок подтвердил свою часть отчёта",
    "reports.frozen": "отчёт заморожен",
    "reports.approved": "отчёт подписан",
    "reports.sent": "отчёт отправлен",
    "reports.template_kept": "загружен свой шаблон отчёта",
    "reports.template_dropped": "свой шаблон отчёта убран",
    "reports.dropped": "проект отчёта удалён",
}
