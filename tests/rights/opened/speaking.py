"""Risks, campaigns, pages, content and polls."""

from tests.rights.opened.campaigned import CAMPAIGNED, CAMPAIGNED_OF_ONE_TOWN
from tests.rights.opened.content import CONTENT, CONTENT_OF_ONE_TOWN
from tests.rights.opened.paged import PAGED, PAGED_OF_ONE_TOWN
from tests.rights.opened.polled import POLLED, POLLED_OF_ONE_TOWN
from tests.rights.opened.risked import RISKED, RISKED_OF_ONE_TOWN
from tests.rights.opened.wanted import Address

SPEAKING: dict[str, Address] = {**CAMPAIGNED, **CONTENT, **PAGED, **POLLED, **RISKED}
# Objects of these addresses that are found in one municipality only.
SPEAKING_OF_ONE_TOWN: frozenset[str] = (
    CAMPAIGNED_OF_ONE_TOWN | CONTENT_OF_ONE_TOWN | PAGED_OF_ONE_TOWN | POLLED_OF_ONE_TOWN | RISKED_OF_ONE_TOWN
)
