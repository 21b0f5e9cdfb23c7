"""Small marks of the desk: icons, sureness ticks, current address with one condition changed."""

from functools import lru_cache
from typing import Any

from django import template
from django.http import QueryDict
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from otklik.language.personal import mask

register = template.Library()
TICKS = (0.30, 0.50, 0.65, 0.80, 0.93)
SURE, LIKELY = 0.85, 0.65


@register.simple_tag
@lru_cache(maxsize=256)
def icon(name: str) -> SafeString:
    """A drawing from the one sheet; decoration for the ear, so the word beside it must say the thing."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        static("desk/icons.svg"),
        name,
    )


@register.simple_tag
def sureness(
    value: float, checked: bool = False, short: bool = False, threshold: float = LIKELY
) -> SafeString:
    """The pencil's chip: five ticks, a word, a per cent; solid «проверено» once a person has agreed."""
    return _sureness(round(value, 3), bool(checked), short, threshold)


# A list draws fifty alike chips: each is rendered once and remembered, it depends on its arguments alone.
@lru_cache(maxsize=4096)
def _sureness(value: float, checked: bool, short: bool, threshold: float) -> SafeString:
    word = "уверенно" if value >= SURE else "вероятно" if value >= threshold else "сомнительно"
    chip = {
        "checked": checked,
        "low": value < threshold,
        "ticks": [value >= tick for tick in TICKS],
        "word": "" if short else word,
        "spoken": word,
        "value": value,
    }
    return render_to_string("desk/parts/sure.html", chip)


@register.simple_tag
def clock(chip: Any, big: bool = False, alone: bool = False) -> SafeString:
    """A clock chip; `alone` leaves out the caption under it."""
    return _clock(chip, big, alone)


@lru_cache(maxsize=2048)
def _clock(chip: Any, big: bool, alone: bool) -> SafeString:
    return render_to_string("desk/parts/clock.html", {"chip": chip, "big": big, "alone": alone})


@register.simple_tag(takes_context=True)
def address_with(context: dict[str, Any], **changes: object) -> str:
    """The list's address with a condition added."""
    (name, value), *_ = changes.items()
    return _changed(context, name, value)


@register.simple_tag(takes_context=True)
def condition_dropped(context: dict[str, Any], name: str) -> str:
    """The list's address without one condition."""
    return _changed(context, name, "")


@register.simple_tag(takes_context=True)
def picked(context: dict[str, Any], name: str, value: object) -> str:
    """The list's address with one condition set; an empty value drops it."""
    return _changed(context, name, value)


def _changed(context: dict[str, Any], name: str, value: object) -> str:
    query = context["request"].GET.copy()
    query.pop("after", None)
    if not query and "filter" in context:
        query = QueryDict(context["filter"].to_query(), mutable=True)
    query[name] = str(value)
    if not value:
        query.pop(name, None)
    # An emptied address would be the usual view again, so the order is said aloud.
    return f"?{query.urlencode() or 'order=new'}"


@register.simple_tag
def xy(value: float, shift: float = 0) -> str:
    """A coordinate for an SVG attribute: a point, never a comma."""
    return f"{value + shift:.1f}"


@register.simple_tag
def middle(x: float, width: float) -> str:
    """The middle of a box, for words under it."""
    return f"{x + width / 2:.1f}"


@register.simple_tag
def bar(start: float, end: float, kind: str, y: float = 0, height: float = 9) -> SafeString:
    """A rectangle between two points; geometry lives in SVG attributes, so no inline style is needed."""
    width = f"{max(end - start, 0):.1f}"
    return format_html(
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>', kind, f"{start:.1f}", y, width, height
    )


@register.filter
def get(mapping: dict[Any, Any], key: Any) -> Any:
    """A dictionary's value by a key known only at run time."""
    return mapping.get(key)


@register.filter
def xy0(value: float) -> str:
    """A whole coordinate without a comma."""
    return f"{value:.0f}"


@register.filter
def masked(value: str) -> str:
    """A foreign cell shown without personal data."""
    return mask(value).text


@register.filter
def words_of(value: object) -> str:
    """Deciding words, one or several, as they stand between quotes."""
    return "», «".join(str(one) for one in value) if isinstance(value, list | tuple) else str(value)
