"""Words of the journal for auto-rules."""

WORDS = {
    "routing.rule_made": "составлено автоправило",
    "routing.rule_changed": "автоправило изменено: новая версия",
    "routing.rule_switched_on": "автоправило включено",
    "routing.rule_switched_off": "автоправило выключено",
}
