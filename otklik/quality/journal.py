"""Words of the journal for quality."""

WORDS = {
    "quality.explained_reviewed": "проверено разъяснение по решаемому вопросу",
}
