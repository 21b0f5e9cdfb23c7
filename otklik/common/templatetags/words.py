"""Template doors to `common.words`: {% load words %}."""

from datetime import date, datetime

from django import template
from django.utils import timezone

from otklik.common import words

register = template.Library()


@register.filter
def tie(value: object) -> str:
    """Non-breaking spaces where Russian typography wants them."""
    return words.tie(str(value))


@register.filter
def number(value: float | None) -> str:
    """4 720 with a narrow space; nothing for nothing."""
    return "" if value is None else words.number(value)


@register.filter
def percent(share: float | None) -> str:
    """0.93 as «93 %»."""
    return "" if share is None else words.percent(share)


@register.filter
def plural(n: int, forms: str) -> str:
    """{{ n|plural:"жалоба,жалобы,жалоб" }} gives the word alone."""
    one, few, many = forms.split(",")
    return words.plural(n, one, few, many)


@register.filter
def counted(n: int, forms: str) -> str:
    """{{ n|counted:"жалоба,жалобы,жалоб" }} gives number and word."""
    one, few, many = forms.split(",")
    return words.count(n, one, few, many)


def _local(value: date | datetime) -> date:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


@register.filter
def short_day(value: date | datetime | None) -> str:
    """«22 окт» in the zone of the request."""
    return words.short_day(_local(value), timezone.localdate()) if value else ""


@register.filter
def long_day(value: date | datetime | None) -> str:
    """«22 октября, чт» in the zone of the request."""
    return words.long_day(_local(value)) if value else ""


@register.filter
def full_day(value: date | datetime | None) -> str:
    """«22 октября 2026» in the zone of the request."""
    return words.full_day(_local(value)) if value else ""


@register.filter
def table_day(value: date | datetime | None) -> str:
    """«22.10.2026» in the zone of the request."""
    return words.table_day(_local(value)) if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """«вчера 16:20» in the zone of the request."""
    return words.moment_words(timezone.localtime(value), timezone.localtime()) if value else ""


@register.filter
def exact(value: datetime | None) -> str:
    """«22.10.2026 16:20» for tooltips and the journal."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    return f"{words.table_day(local.date())} {words.clock(local)}"


@register.filter
def opening_day(value: datetime) -> str:
    """«Вторник, 20 октября» in the zone of the request."""
    return words.opening_day(_local(value))


@register.filter
def came(value: datetime) -> str:
    """«сегодня 9:38», «вчера 16:20», then the day alone: when a row came."""
    local, now = timezone.localtime(value), timezone.localtime()
    recent = (now.date() - local.date()).days <= 1
    return words.moment_words(local, now) if recent else words.short_day(local.date(), now.date())


@register.filter
def lower_first(value: str) -> str:
    """A state's name inside a sentence."""
    return value[:1].lower() + value[1:] if value[1:2].islower() else value
