"""Services and requests of the standard out of our topics and cases. What can name a person never leaves here."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from otklik.api.open311.posting import DANGER, SETTLEMENT
from otklik.cases.models import Case
from otklik.cases.rules import state_name
from otklik.cases.states import OPEN_STATES
from otklik.topics.models import Topic

NEAR = 3
"""Digits of a coordinate shown to everybody: about a hundred metres, a street and no house."""


def service(topic: Topic) -> dict[str, Any]:
    """A topic as a service. `batch`: a case gets its number within seconds, a token leads to it."""
    return {
        "service_code": topic.key,
        "service_name": topic.title,
        "description": topic.title,
        "metadata": True,
        "type": "batch",
        "keywords": "",
        "group": topic.group,
    }


def definition(topic: Topic, settlements: Sequence[str]) -> dict[str, Any]:
    """What else may be told about a request of this service."""
    yes_no = [{"key": "yes", "name": "да"}, {"key": "no", "name": "нет"}]
    attributes = [_attribute(1, DANGER, "Опасно для людей?", yes_no)]
    if settlements:
        names = [{"key": name, "name": name} for name in settlements]
        attributes.append(_attribute(2, SETTLEMENT, "Населённый пункт", names))
    return {"service_code": topic.key, "attributes": attributes}


def _attribute(order: int, code: str, words: str, values: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    return {
        "variable": True,
        "code": code,
        "datatype": "singlevaluelist",
        "required": False,
        "datatype_description": "",
        "order": order,
        "description": words,
        "values": list(values),
    }


def request_row(case: Case, is_own: bool) -> dict[str, Any]:
    """A case as a request. The system that brought it sees its masked text and exact place, others the street."""
    is_open = case.state in OPEN_STATES
    place = [str(case.settlement or ""), case.street, case.house if is_own else ""]
    lat, lon = case.lat, case.lon
    if not is_own and lat is not None and lon is not None:
        lat, lon = round(lat, NEAR), round(lon, NEAR)
    return {
        "service_request_id": case.number,
        "status": "open" if is_open else "closed",
        "status_notes": state_name(case.state),
        "service_name": case.topic.title if case.topic else None,
        "service_code": case.topic.key if case.topic else None,
        "description": case.masked_text if is_own else None,
        "agency_responsible": case.body.name if case.body else None,
        "service_notice": None,
        "requested_datetime": _moment(case.came_at),
        "updated_datetime": _moment(case.changed_at),
        "expected_datetime": _moment(case.next_legal_at) if is_open else None,
        "address": ", ".join(filter(None, place)) or None,
        "address_id": None,
        "zipcode": None,
        "lat": lat,
        "long": lon,
        "media_url": None,
    }


def _moment(value: datetime | None) -> str | None:
    """ISO 8601 with its offset and without parts of a second."""
    return value.isoformat(timespec="seconds") if value else None
