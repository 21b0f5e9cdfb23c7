"""Words of the journal for targets and directions."""

WORDS = {
    "targets.handed_down": "доведён целевой показатель",
    "targets.changed": "целевой показатель изменён",
    "targets.dropped": "целевой показатель отменён",
    "targets.direction_set": "утверждено направление развития",
    "targets.direction_ended": "направление развития завершено",
}
