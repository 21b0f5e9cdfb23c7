"""The forms of reports by key: what each is called and who writes its parts."""

from otklik.reports.forms.analysis import ANALYSIS
from otklik.reports.forms.bodies import BODIES
from otklik.reports.forms.execution import EXECUTION
from otklik.reports.forms.form import Form
from otklik.reports.forms.materials import MATERIALS
from otklik.reports.forms.note import DAY, NOTE, WEEK
from otklik.reports.forms.own import OWN
from otklik.reports.forms.planning import PLANNING, PROJECTS
from otklik.reports.forms.quarter import QUARTER
from otklik.reports.forms.rating import RATING
from otklik.reports.forms.references import BODY, BRANCH, PLACE, TOPIC
from otklik.reports.forms.ukaz171 import UKAZ171

WHOLE = (NOTE, DAY, WEEK, QUARTER, BODIES, PLANNING, PROJECTS, ANALYSIS, RATING, UKAZ171, EXECUTION)
ABOUT = (TOPIC, PLACE, BODY, BRANCH, OWN, MATERIALS)
REFERENCES = {form.about: form for form in (TOPIC, PLACE, BODY, BRANCH, OWN)}
"""The reference about a thing, by the kind of the thing."""
FORMS: dict[str, Form] = {one.key: one for one in (*WHOLE, *ABOUT)}

PROTOCOL = Form(
    key="protocol", heading="Протокол", subject="заседания", version=1, sections={}, about="meeting"
)
LOOKS: dict[str, Form] = {**FORMS, PROTOCOL.key: PROTOCOL}
"""What may have a DOCX look of its own: every form of report, and the protocol, which meetings compose."""

__all__ = ["FORMS", "LOOKS", "PROTOCOL", "REFERENCES", "WHOLE", "Form"]
