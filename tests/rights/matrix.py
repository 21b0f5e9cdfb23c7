"""Who may open which address: written by hand from the meaning of each screen, not read from the code.

`DESK` names for each staff address the permissions any one of which opens it; an empty set means any role. Its parts
stand in `opened`. An address of the system that stands in none of the tables fails `test_matrix.py`.
"""

from tests.rights.opened.deciding import DECIDING
from tests.rights.opened.flow import FLOW
from tests.rights.opened.keeping import KEEPING
from tests.rights.opened.ruling import RULING
from tests.rights.opened.seeing import SEEING
from tests.rights.opened.speaking import SPEAKING, SPEAKING_OF_ONE_TOWN
from tests.rights.opened.wanted import ANYBODY, SORTS, Address

DESK: dict[str, Address] = {**FLOW, **SEEING, **DECIDING, **RULING, **SPEAKING, **KEEPING}

# Objects that are found in one municipality only: asked from another one they do not exist.
FOUND_IN_ONE_TOWN = frozenset(
    {
        "problem", "problem_deed", "cause", "cause_deed", "cause_file", "talk_error",
        "roadmap", "roadmap_deed", "roadmap_file", "roadmap_edition", "measure", "measure_deed", "measure_proof",
        "errand", "errand_deed", "errand_file",
        "meeting", "meeting_file", "meeting_deed", "meeting_decision", "meeting_text", "protocol_file",
        "member_proposal",
        "affair", "affair_deed", "proposal", "method_file", "plan", "plan_file", "plan_item", "plan_item_deed",
        "method", "method_deed", "visa", "visa_deed", "inquiry", "inquiry_deed", "inquiry_file",
        "heatmap_slice", "answer_sheet", "answer_given", "handed", "outgoing",
        "case", "beside", "deed", "twin", "file", "unfetched", "paper", "recheck", "raw", "call", "run", "rule",
        "holding", "person", "body",
        "finding", "criterion", "study", "target", "direction", "mechanism", "fast_measure", "fast_proposal", "advice",
        "rating", "objection", "dashboard", "report", "report_deed", "report_file",
        "composition", "material_request", "material_deed", "report_version"}
) | SPEAKING_OF_ONE_TOWN  # fmt: skip

# Deeds of the card: which permissions, any one of which, the deed asks for. Empty: whoever sees the case.
DEEDS: dict[str, frozenset[str]] = {
    "assign": frozenset({"cases.assign"}),
    "take": frozenset({"cases.work"}),
    "pass_on": frozenset({"cases.assign", "cases.work"}),
    "return_case": frozenset({"cases.assign", "cases.work"}),
    "ask": frozenset({"cases.work"}),
    "reply": ANYBODY,
    "submit": frozenset({"cases.work"}),
    "return_answer": frozenset({"cases.approve_answer", "cases.sign_answer"}),
    "approve": frozenset({"cases.approve_answer"}),
    "sign": frozenset({"cases.sign_answer", "cases.approve_answer"}),
    "place": frozenset({"cases.send_answer"}),
    "close": frozenset({"cases.close", "cases.work"}),
    "reopen": frozenset({"cases.reopen"}),
    "extend": frozenset({"cases.extend_term"}),
    "forward": frozenset({"cases.forward"}),
    "send_copies": frozenset({"cases.forward"}),
    "leave": frozenset({"cases.leave"}),
    "close_unanswered": frozenset({"cases.sort", "cases.close"}),
    "join": frozenset({"cases.join"}),
    "set_topic": SORTS,
    "set_place": frozenset({"cases.sort", "cases.assign", "cases.work"}),
    "set_kind": frozenset({"cases.sort"}),
    "set_urgency": SORTS,
    "mark_outcome": frozenset({"cases.work", "cases.sign_answer", "cases.close"}),
    "release": frozenset({"accounts.manage"}),
    "undo": ANYBODY,
}

# Open to anybody, or closed by a secret of their own (a number with its code, a token).
PORTAL: frozenset[str] = frozenset(
    {
        "portal:towns", "portal:rate", "portal:submit", "portal:place", "portal:map", "portal:paper",
        "portal:consent", "portal:machine", "portal:find", "portal:wait", "portal:case", "portal:photo",
        "portal:enter", "portal:quit", "portal:manifest", "portal:service_worker", "widget:form",
        "portal:pages", "portal:done", "portal:statistics", "portal:data", "portal:data_register", "portal:dataset",
        "portal:data_meta", "portal:data_structure", "portal:data_table", "widget:done",
        "portal:polls", "portal:poll", "portal:poll_code", "portal:receipt", "portal:receipts", "portal:propose",
        "portal:proposal", "portal:support",
    }
)  # fmt: skip

# Systems: the description is open, everything else asks for the key of a channel.
API_OPEN = frozenset({"api-docs", "api:openapi-json", "api:api-root", "hook"})
# Open311 reads without a key where the town has opened it; writing asks for one (api/open311/tests).
OPEN311 = frozenset(
    {
        "open311:discovery", "open311:services", "open311:service", "open311:requests", "open311:request",
        "open311:token",
    }
)  # fmt: skip
API_BY_KEY: dict[str, str] = {
    "api:post_message": "POST",
    "api:post_batch": "POST",
    "api:get_state": "GET",
}

# allauth's own pages of sign-in: a stranger gets a form or is sent to sign in, never a person's data.
SIGN_IN = frozenset(
    {
        "account_login", "account_logout", "account_inactive", "account_signup", "account_reauthenticate",
        "account_email", "account_email_verification_sent", "account_change_password", "account_set_password",
        "account_reset_password", "account_confirm_login_code", "account_confirm_email",
        "account_reset_password_from_key_done", "account_reset_password_from_key", "account_reset_password_done",
        "mfa_index", "mfa_authenticate", "mfa_reauthenticate", "mfa_activate_totp", "mfa_deactivate_totp",
        "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes",
        "socialaccount_login_cancelled", "socialaccount_login_error", "socialaccount_signup",
        "socialaccount_connections", "openid_connect_login", "openid_connect_callback",
        "gosuslugi_login", "gosuslugi_callback",
    }
)  # fmt: skip

# Addresses without a name, by their path: monitoring, old sign-in addresses that only redirect.
NAMELESS = frozenset(
    {
        "health/live", "health/ready", "metrics", "admin/login/", "accounts/social/login/cancelled/",
        "accounts/social/login/error/", "accounts/social/signup/", "accounts/social/connections/",
    }
)  # fmt: skip
