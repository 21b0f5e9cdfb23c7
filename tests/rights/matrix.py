"""Who may open which address: written by hand from the meaning of each screen, not read from the code.

`DESK` names for each staff address the permissions any one of which opens it; an empty set means any role.
An address of the system that stands in none of the tables fails `test_matrix.py`.
"""

from dataclasses import dataclass

SEES = frozenset({"cases.view", "cases.view_block", "cases.view_body"})
SEES_CHANNELS = frozenset({"channels.manage", "channels.view_raw", "cases.send_answer"})
SORTS = frozenset({"cases.sort", "cases.assign"})
KNOWS_PEOPLE = frozenset(
    {"charter.view", "accounts.manage", "accounts.name_specialists", "accounts.substitute"}
)
SEES_RATING = frozenset({"analytics.view", "analytics.rate", "cases.view_body"})
SEES_DISCIPLINE = frozenset({"office.errands", "office.organise", "analytics.view"})
COORDINATES = frozenset({"office.organise", "office.chair", "office.attend", "office.errands"})
ASKED = COORDINATES | {"reports.compose", "reports.view", "cases.view_body"}
SEES_PROBLEMS = frozenset({"problems.manage", "problems.recommend", "office.attend", "analytics.view"})
SEES_ERRORS = frozenset({"problems.manage", "problems.recommend", "office.attend", "quality.check"})
ADVISES = frozenset({"problems.recommend", "problems.manage"})
SEES_FAST = ADVISES | {"analytics.view"}
MEETS = frozenset({"office.attend", "office.organise", "office.chair"})
ANYBODY: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Address:
    """How a staff address is asked and what it needs; `of` is the object it names (see test_matrix.things)."""

    needs: frozenset[str]
    method: str = "GET"
    of: str = ""


def read(*needs: str, of: str = "") -> Address:
    return Address(frozenset(needs), "GET", of)


def write(*needs: str, of: str = "") -> Address:
    return Address(frozenset(needs), "POST", of)


DESK: dict[str, Address] = {
    "desk:day": read(),
    "desk:list": read(*SEES),
    "desk:options": read(*SEES, of="picker"),
    "desk:arrivals": read(*SEES, of="moment"),
    "desk:changes": read(of="changes"),
    "desk:export": read("cases.export"),
    "desk:bulk": write("cases.bulk"),
    "desk:save_view": write(*SEES),
    "desk:drop_view": write(*SEES, of="view"),
    "desk:new": read("cases.register"),
    "desk:new_twins": write("cases.register"),
    "desk:new_waiting": read("cases.register", of="raw"),
    "desk:card": read(*SEES, of="case"),
    "desk:beside": read(*SEES, of="beside"),
    "desk:deed": read(*SEES, of="deed"),
    "desk:undo": write(*SEES, of="case"),
    "desk:draft": write("cases.work", of="case"),
    "desk:hints": read(*SEES, of="case"),
    "desk:personal": write("cases.view_personal", of="case"),
    "desk:note": write(*SEES, of="case"),
    "desk:twin": write("cases.join", of="twin"),
    "desk:add_file": write("cases.work", "cases.assign", of="case"),
    "desk:file": read(*SEES, of="file"),
    "desk:paper": read("cases.view_personal", of="paper"),
    "desk:triage": read(*SORTS),
    "desk:triage_one": read(*SORTS, of="case"),
    "desk:accept": write(*SORTS, of="case"),
    "desk:terms": read(*SEES),
    "desk:rechecks": read("quality.check"),
    "desk:recheck_close": write("quality.check", of="recheck"),
    "desk:rating": read(*SEES_RATING),
    "desk:rating_workbook": read(*SEES_RATING),
    "desk:rating_freeze": write("analytics.rate"),
    "desk:rating_object": write(*SEES_RATING, of="rating"),
    "desk:rating_answer": write("analytics.rate", of="objection"),
    "desk:raw": read("channels.view_raw"),
    "desk:calls": read("cases.register"),
    "desk:call_tried": write("cases.register", of="call"),
    "desk:call_close": write("cases.register", of="call"),
    "desk:raw_one": read("channels.view_raw", of="raw"),
    "desk:raw_again": write("channels.view_raw", of="raw"),
    "desk:raw_skip": write("channels.view_raw", of="raw"),
    "desk:imports": read("channels.import"),
    "desk:import_new": write("channels.import"),
    "desk:import_start": write("channels.import"),
    "desk:import_run": read("channels.import", of="run"),
    "desk:import_stop": write("channels.import", of="run"),
    "desk:import_go_on": write("channels.import", of="run"),
    "desk:import_errors": read("channels.import", of="run"),
    "desk:handed": read("reports.view", "reports.compose", "channels.manage"),
    "desk:handed_file": read("reports.view", "reports.compose", "channels.manage", of="handed"),
    "desk:handed_again": write("channels.manage", of="handed"),
    "desk:sites": read("channels.manage"),
    "desk:answers": read("cases.send_answer"),
    "desk:answers_give": write("cases.send_answer", of="answer_channel"),
    "desk:answers_columns": write("channels.manage", of="answer_channel"),
    "desk:answers_sheet": read("cases.send_answer", of="answer_sheet"),
    "desk:answers_placed": write("cases.send_answer", of="answer_given"),
    "desk:rules": read("routing.edit"),
    "desk:rule_new": read("routing.edit"),
    "desk:rule_edit": read("routing.edit", of="rule"),
    "desk:rule_trial": read("routing.edit", of="rule"),
    "desk:rule_switch": write("routing.edit", of="rule"),
    "desk:heatmap": read("analytics.view"),
    "desk:heatmap_cells": read("analytics.view"),
    "desk:heatmap_points": read(*SEES),
    "desk:heatmap_workbook": read("analytics.view"),
    "desk:summary": read("analytics.view"),
    "desk:summary_board": read("analytics.view", of="board"),
    "desk:summary_cases": read(*SEES, of="figure"),
    "desk:summary_tile": read("analytics.view", of="tile"),
    "desk:summary_workbook": read("analytics.view", of="board"),
    "desk:summary_wall": read("analytics.view", of="board"),
    "desk:summary_new": read("analytics.view"),
    "desk:summary_edit": read("analytics.view", of="dashboard"),
    "desk:summary_delete": write("analytics.view", of="dashboard"),
    "desk:heatmap_slices": read("analytics.view"),
    "desk:heatmap_slice_keep": write("analytics.study", "analytics.targets"),
    "desk:heatmap_slice_hand": write("analytics.study", "analytics.targets", of="heatmap_slice"),
    "desk:heatmap_slice_file": read("analytics.view", of="heatmap_slice"),
    "desk:dynamics": read("analytics.view"),
    "desk:chart": read("analytics.view", of="plot"),
    "desk:measures": read("analytics.view"),
    "desk:terms_kept": read("analytics.view"),
    "desk:findings": read("analytics.view"),
    "desk:finding_growth": write("analytics.study"),
    "desk:finding_cases": read("analytics.view", of="finding"),
    "desk:finding_decide": write("analytics.study", of="finding"),
    "desk:criteria": read("analytics.criteria"),
    "desk:criterion_new": read("analytics.criteria"),
    "desk:criterion_edit": read("analytics.criteria", of="criterion"),
    "desk:criterion_trial": read("analytics.criteria", of="criterion"),
    "desk:criterion_switch": write("analytics.criteria", of="criterion"),
    "desk:quality": read("analytics.view", "quality.check"),
    "desk:satisfaction": read("satisfaction.view"),
    "desk:satisfaction_cases": read("satisfaction.view", of="reason"),
    "desk:study_new": write("analytics.study"),
    "desk:study": read("satisfaction.view", of="study"),
    "desk:study_file": read("satisfaction.view", of="study"),
    "desk:solvable": read("analytics.view"),
    "desk:solvable_review": write("quality.check", of="case"),
    "desk:kpi": read("analytics.view"),
    "desk:target_new": write("analytics.targets"),
    "desk:target": read("analytics.view", of="target"),
    "desk:target_drop": write("analytics.targets", of="target"),
    "desk:direction_new": write("analytics.targets"),
    "desk:direction_end": write("analytics.targets", of="direction"),
    "desk:fast_track": read(*SEES_FAST),
    "desk:mechanism_new": read(*ADVISES),
    "desk:mechanism": read(*SEES_FAST, of="mechanism"),
    "desk:mechanism_edit": read(*ADVISES, of="mechanism"),
    "desk:mechanism_approve": write("problems.manage", of="mechanism"),
    "desk:mechanism_stop": write("problems.manage", of="mechanism"),
    "desk:fast_measure_new": write(*ADVISES, of="mechanism"),
    "desk:fast_measure_done": write(*ADVISES, of="fast_measure"),
    "desk:fast_proposal_refuse": write(*ADVISES, of="fast_proposal"),
    "desk:advice": read(*SEES_FAST, "reports.view"),
    "desk:advice_new": read(*ADVISES),
    "desk:advice_one": read(*SEES_FAST, "reports.view", of="advice"),
    "desk:advice_edit": read(*ADVISES, of="advice"),
    "desk:advice_decide": write("problems.manage", of="advice"),
    "desk:advice_adoption": write(*ADVISES, of="advice"),
    "desk:advice_effect": write(*ADVISES, of="advice"),
    "desk:priorities": read("analytics.view"),
    "desk:priority_effort": write(*ADVISES, of="topic"),
    "desk:priority_make": write(*ADVISES, of="topic"),
    "desk:could_solve": read("quality.check"),
    "desk:problems": read(*SEES_PROBLEMS),
    "desk:problem_new": read("problems.manage"),
    "desk:problem": read(*SEES_PROBLEMS, of="problem"),
    "desk:problem_edit": read("problems.manage", of="problem"),
    "desk:problem_deed": write("problems.manage", "problems.recommend", "cases.work", of="problem_deed"),
    "desk:problem_why5": write("problems.manage", of="problem"),
    "desk:problem_cause_new": write("problems.manage", of="problem"),
    "desk:problem_block": read(*SEES_PROBLEMS, of="problem_block"),
    "desk:problems_outer": read(*SEES_PROBLEMS),
    "desk:problems_outer_load": write("problems.manage"),
    "desk:problems_outer_write": write("problems.manage"),
    "desk:cause": read(*SEES_PROBLEMS, of="cause"),
    "desk:cause_deed": write("problems.manage", of="cause_deed"),
    "desk:cause_file": read(*SEES_PROBLEMS, of="cause_file"),
    "desk:talk_errors": read(*SEES_ERRORS),
    "desk:talk_note": write("problems.manage", "problems.recommend", "quality.check"),
    "desk:talk_lesson": write("problems.manage", "problems.recommend", "quality.check", of="talk_error"),
    "desk:roadmaps": read(),
    "desk:roadmap_new": read("problems.manage"),
    "desk:roadmap": read(of="roadmap"),
    "desk:roadmap_edit": read("problems.manage", of="roadmap"),
    "desk:roadmap_deed": write(of="roadmap_deed"),
    "desk:roadmap_file": read(of="roadmap_file"),
    "desk:roadmap_edition": read(of="roadmap_edition"),
    "desk:measure_new": read("problems.manage", of="roadmap"),
    "desk:measure_edit": read("problems.manage", of="measure"),
    "desk:measure_move": read("problems.manage", of="measure"),
    "desk:measure_deed": write(of="measure_deed"),
    "desk:measure_proof": read(of="measure_proof"),
    "desk:meetings": read(*MEETS),
    "desk:meeting_new": read("office.organise"),
    "desk:member_proposal_new": write("office.attend"),
    "desk:member_proposal_decide": write("office.organise", "office.chair", of="member_proposal"),
    "desk:meeting": read(*MEETS, of="meeting"),
    "desk:meeting_offers": read("office.organise", "office.chair", of="meeting"),
    "desk:meeting_calendar": read(*MEETS, of="meeting"),
    "desk:meeting_file": read(*MEETS, of="meeting_file"),
    "desk:meeting_deed": write(*MEETS, of="meeting_deed"),
    "desk:opinions": read("office.attend", of="meeting"),
    "desk:meeting_wall": read(*MEETS, of="meeting"),
    "desk:protocol": read(*MEETS, of="meeting"),
    "desk:protocol_file": read(*MEETS, of="protocol_file"),
    "desk:protocol_add": write(*MEETS, of="meeting"),
    "desk:protocol_decision": write(*MEETS, of="meeting_decision"),
    "desk:protocol_hints": read(*MEETS, of="meeting_decision"),
    "desk:protocol_write": write(*MEETS, of="meeting_text"),
    "desk:reports": read("reports.view", "reports.compose"),
    "desk:report_compose": write("reports.compose"),
    "desk:report": read("reports.view", "reports.compose", of="report"),
    "desk:report_deed": write("reports.compose", "reports.verify", of="report_deed"),
    "desk:report_file": read("reports.view", "reports.compose", of="report_file"),
    "desk:report_reference": read("reports.compose"),
    "desk:report_composition_drop": write("reports.compose", of="composition"),
    "desk:errands": read(),
    "desk:errands_paper": read(of="errands_form"),
    "desk:errand_new": read("office.errands"),
    "desk:errand_hints": write("office.errands"),
    "desk:errand_scores": read(*SEES_DISCIPLINE),
    "desk:errand_scores_paper": read(*SEES_DISCIPLINE, of="errands_form"),
    "desk:errand": read(of="errand"),
    "desk:errand_deed": write(of="errand_deed"),
    "desk:errand_file": read(of="errand_file"),
    "desk:coordination": read(*COORDINATES),
    "desk:affairs": read(*COORDINATES, of="affair_kind"),
    "desk:affair_new": write("office.attend", "office.organise", of="affair_kind"),
    "desk:affair": read(*COORDINATES, of="affair"),
    "desk:affair_deed": write("office.attend", "office.organise", of="affair_deed"),
    "desk:proposals": read(*COORDINATES),
    "desk:proposal_new": write("problems.recommend", "office.organise"),
    "desk:proposal_decide": write("office.errands", of="proposal"),
    "desk:coordination_file": read(*COORDINATES, "cases.view_body", "charter.view", of="method_file"),
    "desk:plans": read(*COORDINATES),
    "desk:plan_draft": write("office.organise", "office.chair"),
    "desk:plan": read(*COORDINATES, of="plan"),
    "desk:plan_approve": write("office.chair", of="plan"),
    "desk:plan_item_new": write("office.organise", "office.chair", of="plan"),
    "desk:plan_file": read(*COORDINATES, of="plan_file"),
    "desk:plan_item": read(*COORDINATES, of="plan_item"),
    "desk:plan_item_deed": write("office.attend", "office.organise", "office.chair", of="plan_item_deed"),
    "desk:methods": read(),
    "desk:method_new": write("office.organise", "office.chair", "analytics.targets"),
    "desk:method": read(of="method"),
    "desk:method_deed": write(of="method_deed"),
    "desk:visas": read(*COORDINATES),
    "desk:visa_new": write("office.organise", "office.chair"),
    "desk:visa": read(*COORDINATES, of="visa"),
    "desk:visa_deed": write("accounts.name_specialists", "office.organise", "office.chair", of="visa_deed"),
    "desk:competence": read(*COORDINATES, "charter.view"),
    "desk:competence_file": read(*COORDINATES, "charter.view", of="paper_form"),
    "desk:requests": read(*ASKED),
    "desk:inquiry_new": read("office.errands"),
    "desk:inquiry_ask": write("office.errands"),
    "desk:inquiry": read(*ASKED, of="inquiry"),
    "desk:inquiry_deed": write("office.errands", "cases.view_body", "office.attend", of="inquiry_deed"),
    "desk:inquiry_file": read(*COORDINATES, of="inquiry_file"),
    "desk:people_history": read("charter.view", "accounts.manage"),
    "desk:people_act": write("accounts.manage"),
    "desk:report_request_new": read("reports.compose"),
    "desk:report_request_take": write("reports.compose"),
    "desk:report_request": read("reports.view", "reports.compose", of="material_request"),
    "desk:report_request_deed": write("reports.compose", "reports.verify", of="material_deed"),
    "desk:report_look": read("reports.verify", of="report_form"),
    "desk:report_template": read("reports.verify", of="report_form"),
    "desk:report_template_change": write("reports.verify", of="report_form"),
    "desk:report_template_preview": read("reports.verify", of="report_version"),
    "desk:charter": read("charter.view"),
    "desk:clause": read("charter.view", of="clause"),
    "desk:cadence": read("charter.view"),
    "desk:charter_compare": read("charter.view"),
    "desk:charter_new": read("charter.view"),
    "desk:charter_new_zip": read("charter.view"),
    "desk:parameters": read("charter.view"),
    "desk:parameter": read("charter.view", of="parameter"),
    "desk:parameter_confirm": write("charter.confirm", of="parameter"),
    "desk:parameter_change": write("charter.confirm", of="parameter"),
    "desk:topics": read("charter.view", "topics.manage"),
    "desk:calendar": read("charter.view", "deadlines.manage"),
    "desk:calendar_confirm": write("deadlines.manage"),
    "desk:calendar_day": write("deadlines.manage"),
    "desk:channels": read(*SEES_CHANNELS),
    "desk:channel": read(*SEES_CHANNELS, of="channel"),
    "desk:channel_checked": read(*SEES_CHANNELS, of="channel"),
    "desk:channel_settings": write(*SEES_CHANNELS, of="channel"),
    "desk:channel_secret": write(*SEES_CHANNELS, of="channel"),
    "desk:channel_switch": write(*SEES_CHANNELS, of="channel"),
    "desk:channel_check": write(*SEES_CHANNELS, of="channel"),
    "desk:channel_out_again": write(*SEES_CHANNELS, of="channel"),
    "desk:channel_raw_again": write(*SEES_CHANNELS, of="channel"),
    "desk:outgoing_again": write(*SEES_CHANNELS, of="outgoing"),
    "desk:places": read("charter.view", "places.manage"),
    "desk:places_load": write("places.manage"),
    "desk:people": read(*KNOWS_PEOPLE),
    "desk:add_person": write("accounts.manage"),
    "desk:person": read("accounts.manage", of="person"),
    "desk:person_close": write("accounts.manage", of="person"),
    "desk:person_reopen": write("accounts.manage", of="person"),
    "desk:add_role": write("accounts.manage"),
    "desk:drop_role": write("accounts.manage", of="holding"),
    "desk:add_absence": write("accounts.manage", "accounts.substitute"),
    "desk:add_specialist": write("accounts.manage", "accounts.name_specialists"),
    "desk:journal": read("audit.view"),
    "desk:journal_verify": write("audit.view"),
    "desk:profile": read(),
    "desk:save_profile": write(),
    "desk:notices": read(),
    "desk:choose_municipality": write(),
}

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
        "case", "beside", "deed", "twin", "file", "paper", "recheck", "raw", "call", "run", "rule", "holding", "person",
        "finding", "criterion", "study", "target", "direction", "mechanism", "fast_measure", "fast_proposal", "advice",
        "rating", "objection", "dashboard", "report", "report_deed", "report_file",
        "composition", "material_request", "material_deed", "report_version"}
)  # fmt: skip

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
