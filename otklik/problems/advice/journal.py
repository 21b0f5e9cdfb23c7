"""Words of the journal for recommendations and the board of priorities."""

WORDS = {
    "advice.made": "внесена рекомендация",
    "advice.changed": "рекомендация изменена",
    "advice.accepted": "рекомендация принята",
    "advice.declined": "рекомендация отклонена",
    "advice.adoption": "блок отчитался о внедрении",
    "advice.effect": "записан эффект рекомендации",
    "advice.effort": "оценены усилия по теме",
}
