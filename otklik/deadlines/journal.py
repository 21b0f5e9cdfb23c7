"""Words of the journal for the calendar."""

WORDS = {
    "deadlines.year_confirmed": "подтверждён производственный календарь года",
    "deadlines.day_set": "изменён день производственного календаря",
}
