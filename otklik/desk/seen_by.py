"""Who sees which screen: any one of these permissions opens it."""

SEES_CHANNELS = ("channels.manage", "channels.view_raw", "cases.send_answer")
SEES_CASES = ("cases.view", "cases.view_block", "cases.view_body")
WRITES_TEMPLATES = ("topics.manage", "cases.approve_answer")
SEES_TEMPLATES = ("cases.work", *WRITES_TEMPLATES)
WRITES_ADVICE = ("problems.recommend", "problems.manage", "analytics.view")
COORDINATES = ("office.organise", "office.chair", "office.attend", "office.errands")
SEES_PROBLEMS = ("problems.manage", "problems.recommend", "office.attend", "analytics.view")
SEES_ERRORS = ("problems.manage", "problems.recommend", "quality.check", "office.attend")
SEES_CAMPAIGNS = ("risks.view", "risks.work", "outreach.publish", "outreach.approve")
SEES_MEETINGS = ("office.attend", "office.organise", "office.chair")
SEES_RISKS = ("risks.view", "risks.work", "risks.close")
SEES_CONTENT = ("outreach.publish", "outreach.approve")
SEES_POLLS = ("outreach.polls", "outreach.approve_polls", "office.attend", "analytics.view")
SEES_PAGES = ("outreach.publish", "outreach.approve", "risks.view")
SEES_ROADMAPS = (
    "problems.manage",
    "analytics.view",
    "office.attend",
    "office.organise",
    "office.chair",
    "cases.work",
)
