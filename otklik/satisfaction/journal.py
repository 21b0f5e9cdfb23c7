"""Words of the journal for satisfaction."""

WORDS = {
    "satisfaction.invited": "заявителя попросили оценить ответ",
    "satisfaction.scored": "заявитель оценил ответ",
    "satisfaction.recheck_opened": "плохая оценка открыла проверку",
    "satisfaction.recheck_closed": "проверка по оценке закрыта",
    "satisfaction.studied": "исследование удовлетворённости записано",
    "satisfaction.erased": "слова заявителей удалены по сроку хранения",
}
