"""The forms of reports by key: what each is called and who writes its parts."""

from otklik.reports.forms.bodies import BODIES
from otklik.reports.forms.form import Form
from otklik.reports.forms.note import NOTE, WEEK
from otklik.reports.forms.quarter import QUARTER
from otklik.reports.forms.rating import RATING
from otklik.reports.forms.ukaz171 import UKAZ171

FORMS: dict[str, Form] = {one.key: one for one in (NOTE, WEEK, QUARTER, BODIES, RATING, UKAZ171)}

__all__ = ["FORMS", "Form"]
