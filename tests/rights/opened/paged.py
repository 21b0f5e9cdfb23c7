"""Official pages, publications, media, press releases, open data."""

from tests.rights.opened.wanted import Address, read, write

KEEPS, AGREES = "outreach.publish", "outreach.approve"
SEES = frozenset({KEEPS, AGREES, "risks.view"})
PAGED: dict[str, Address] = {
    "desk:pages": read(*SEES),
    "desk:page_new": read(KEEPS),
    "desk:pages_audit": read(*SEES, of="pages_audit"),
    "desk:page": read(*SEES, of="official_page"),
    "desk:page_edit": read(KEEPS, of="official_page"),
    "desk:page_check": write(KEEPS, of="official_page"),
    "desk:page_close": write(KEEPS, of="official_page"),
    "desk:page_law": write(KEEPS, of="official_page"),
    "desk:publications": read(*SEES),
    "desk:publication_new": read(KEEPS),
    "desk:publication_strike": write(KEEPS, of="publication"),
    "desk:publication_copy": read(*SEES, of="copied"),
    "desk:dialogue": read(*SEES),
    "desk:media": read(*SEES),
    "desk:outlet_new": read(KEEPS),
    "desk:outlet": read(*SEES, of="outlet"),
    "desk:outlet_edit": read(KEEPS, of="outlet"),
    "desk:outlet_close": write(KEEPS, of="outlet"),
    "desk:contact_new": write(KEEPS, of="outlet"),
    "desk:contact_withdraw": write(KEEPS, of="media_contact"),
    "desk:talk_new": write(KEEPS, of="outlet"),
    "desk:talk_answer": write(KEEPS, of="media_talk"),
    "desk:releases": read(*SEES),
    "desk:release_new": read(KEEPS),
    "desk:release": read(*SEES, of="release"),
    "desk:release_edit": read(KEEPS, of="release"),
    "desk:release_ask": write(KEEPS, of="release"),
    "desk:release_approve": write(AGREES, of="release"),
    "desk:release_return": write(AGREES, of="release"),
    "desk:release_send": write(KEEPS, of="release"),
    "desk:release_withdraw": write(KEEPS, of="release"),
    "desk:release_paper": read(*SEES, of="release_paper"),
    "desk:open_data": read(*SEES),
    "desk:open_passport": read(KEEPS, of="open_set"),
    "desk:open_issue": write(KEEPS, of="opened_set"),
    "desk:open_switch": write(KEEPS, of="opened_set"),
}
PAGED_OF_ONE_TOWN = frozenset(
    {
        "official_page",
        "publication",
        "copied",
        "outlet",
        "media_contact",
        "media_talk",
        "release",
        "release_paper",
        "opened_set",
    }
)
