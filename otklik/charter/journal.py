"""Words of the journal for the charter; the desk records these deeds, for charter and audit do not know each other."""

WORDS = {
    "charter.parameter_confirmed": "параметр положения подтверждён",
    "charter.parameter_changed": "параметр положения изменён",
}
