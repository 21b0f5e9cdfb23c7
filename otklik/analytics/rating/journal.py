"""Words of the journal for the rating."""

WORDS = {
    "rating.frozen": "рейтинг за период заморожен",
    "rating.recounted": "рейтинг за период пересчитан по новой формуле",
    "rating.objected": "орган возразил против рейтинга",
    "rating.answered": "на возражение отвечено",
}
