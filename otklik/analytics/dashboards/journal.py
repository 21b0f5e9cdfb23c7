"""Words of the journal for dashboards."""

WORDS = {
    "dashboards.made": "составлена сводка",
    "dashboards.changed": "сводка изменена",
    "dashboards.deleted": "сводка удалена",
}
