"""Words of the journal for slices of the heat map."""

WORDS = {
    "analytics.slice_kept": "сохранён срез тепловой карты",
    "analytics.slice_handed": "срез тепловой карты передан",
}
