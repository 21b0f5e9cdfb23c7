"""How often a door of systems is knocked at, counted in each web process by itself: it holds a flood off, no bill."""

from django.core.cache import cache

MINUTE = 60


def is_too_often(name: str, most: int) -> bool:
    """Whether this minute has seen more than `most` knocks under the name, the present one among them."""
    if cache.add(name, 1, timeout=MINUTE):
        return False
    try:
        return cache.incr(name) > most
    except ValueError:  # the minute ended between the two calls
        return False
