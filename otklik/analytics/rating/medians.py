"""The middle of hour histograms of several channels, each against its own norm. Pure."""

from collections.abc import Iterable, Mapping

from otklik.analytics.rating.figures import Figure


def middle(counts: Mapping[float, int]) -> float:
    """The median of values with their counts; between two middle values their mean. Raises ValueError on none."""
    total = sum(counts.values())
    if not total:
        raise ValueError("no values, no middle")
    left, right = (total - 1) // 2, total // 2
    found: list[float] = []
    seen = 0
    for value in sorted(counts):
        seen += counts[value]
        found += [value for place in (left, right)[len(found) :] if place < seen]
    return (found[0] + found[1]) / 2


def speed_figure(histograms: Iterable[tuple[int, Mapping[int, int]]]) -> Figure | None:
    """Median of hours ÷ norm over all cases; `histograms` are (norm in hours, hours -> cases)."""
    ratios: dict[float, int] = {}
    hours: dict[float, int] = {}
    for norm, counts in histograms:
        for hour, count in counts.items():
            ratios[hour / norm] = ratios.get(hour / norm, 0) + count
            hours[hour] = hours.get(hour, 0) + count
    answers = sum(ratios.values())
    return Figure(middle(ratios), middle(hours), answers) if answers else None
