"""Decisions the charter makes for one case: its kind and the route of its answer. Pure.

Called by `cases.services` when a case is registered and when an answer goes to approval.
"""

from otklik.charter.schema import AnswerRoute, Charter, KindRule
from otklik.charter.schema.intake import CaseKind, MessageForm


def kind_of(
    charter: Charter,
    channel: str,
    form: MessageForm,
    chosen: CaseKind | None = None,
    identified: bool = False,
) -> tuple[CaseKind, str]:
    """Обращение or сообщение with the ground in Russian: the first line of the legal regime that fits."""
    for rule in charter.regime.rules:
        if _fits(rule, channel, form, chosen, identified):
            return rule.gives, rule.ground
    return charter.regime.otherwise, "ни одно правило правового режима не подошло"


def _fits(rule: KindRule, channel: str, form: MessageForm, chosen: CaseKind | None, identified: bool) -> bool:
    return (
        (not rule.channels or channel in rule.channels)
        and (not rule.forms or form in rule.forms)
        and (rule.chosen is None or rule.chosen == chosen)
        and (rule.identified is None or rule.identified == identified)
    )


def answer_route(charter: Charter, kind: CaseKind, channel: str) -> AnswerRoute:
    """Who approves and signs the answer to such a case. Raises `LookupError` when the charter has no line."""
    for route in charter.answers:
        if (not route.kinds or kind in route.kinds) and (not route.channels or channel in route.channels):
            return route
    raise LookupError(f"{charter.key}: no line of `answers` fits {kind} by {channel}")
