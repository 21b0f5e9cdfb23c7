"""The timer of quality: read answers handed over since the last time. Safe to run twice."""

from otklik.common.models import Municipality
from otklik.common.scope import within
from otklik.quality.services import read_new_answers


def read_answers() -> int:
    """Write hints of new answers of every municipality; returns how many answers were read."""
    read = 0
    for municipality in Municipality.objects.all():
        with within(municipality.pk):
            read += read_new_answers(municipality)
    return read
