"""Words of the journal for analysis by criteria."""

WORDS = {
    "criteria.made": "критерий анализа составлен",
    "criteria.changed": "критерий анализа изменён",
    "criteria.switched_on": "критерий анализа включён",
    "criteria.switched_off": "критерий анализа выключен",
    "criteria.found": "автоматический анализ нашёл",
    "criteria.noted": "записан фактор роста",
    "criteria.decided": "по находке принято решение",
}
