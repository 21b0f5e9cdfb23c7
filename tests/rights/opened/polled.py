"""Polls, the queue of questions, proposals of discussions."""

from tests.rights.opened.wanted import Address, read, write

RUNS, APPROVES = "outreach.polls", "outreach.approve_polls"
SEES_POLLS = frozenset({RUNS, APPROVES, "office.attend", "analytics.view"})
POLLED: dict[str, Address] = {
    "desk:polls": read(*SEES_POLLS),
    "desk:poll_new": read(RUNS),
    "desk:poll": read(*SEES_POLLS, of="poll"),
    "desk:poll_edit": read(RUNS, of="poll"),
    "desk:poll_question": read(RUNS, of="poll_question"),
    "desk:poll_question_deed": write(RUNS, of="poll_question_deed"),
    "desk:poll_preview": read(*SEES_POLLS, of="poll"),
    "desk:poll_deed": write(RUNS, APPROVES, of="poll_deed"),
    "desk:poll_response": read(*SEES_POLLS, of="poll"),
    "desk:poll_results": read(*SEES_POLLS, of="poll"),
    "desk:poll_protocol": read(*SEES_POLLS, of="poll_protocol"),
    "desk:poll_sign": write(RUNS, of="poll_sign"),
    "desk:poll_step": write(RUNS, "office.errands", of="poll_step"),
    "desk:poll_proposals": read(*SEES_POLLS, of="discussion"),
    "desk:poll_proposal": write(RUNS, of="poll_proposal"),
    "desk:poll_queue": read(*SEES_POLLS),
    "desk:poll_queue_again": write(RUNS),
    "desk:poll_queue_deed": write(RUNS, of="candidate"),
}
POLLED_OF_ONE_TOWN = frozenset(
    {
        "poll",
        "poll_question",
        "poll_question_deed",
        "poll_deed",
        "poll_protocol",
        "poll_sign",
        "poll_step",
        "discussion",
        "poll_proposal",
        "candidate",
    }
)
