"""Information risks: the list, the card and its deeds, the daily watch, the alert chat."""

from tests.rights.opened.wanted import Address, read, write

WORKS = "risks.work"
SEES_RISKS = frozenset({"risks.view", WORKS, "risks.close"})
RISKED: dict[str, Address] = {
    "desk:risks": read(*SEES_RISKS),
    "desk:risk_new": read(WORKS),
    "desk:risk_watch": read(*SEES_RISKS),
    "desk:risk_nothing": write(WORKS),
    "desk:risk_page_new": write(WORKS),
    "desk:risk_look": write(WORKS, of="watched_page"),
    "desk:risk_page_leave": write(WORKS, of="watched_page"),
    "desk:risk_dismiss": write(WORKS, of="sighting"),
    "desk:risk_prone": read(*SEES_RISKS),
    "desk:risk_prone_new": write(WORKS),
    "desk:risk_prone_strike": write(WORKS, of="prone_topic"),
    "desk:risk_chat": read(*SEES_RISKS),
    "desk:risk_tie": write(WORKS, of="chat_answer"),
    "desk:risk_sent": write(WORKS, of="chat_answer"),
    "desk:risk_figures": read(*SEES_RISKS),
    "desk:risk": read(*SEES_RISKS, of="risk"),
    "desk:risk_edit": read(WORKS, of="risk"),
    "desk:risk_errand": read(WORKS, of="risk"),
    "desk:risk_file": read(*SEES_RISKS, of="risk_file"),
    "desk:risk_deed": write(*SEES_RISKS, of="risk_deed"),
}
RISKED_OF_ONE_TOWN = frozenset(
    {"risk", "risk_deed", "risk_file", "watched_page", "sighting", "prone_topic", "chat_answer"}
)
