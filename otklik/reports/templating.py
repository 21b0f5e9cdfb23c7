"""A municipality's own DOCX look of a form: tried on real figures, checked by fields, kept in versions.

Called by the desk; calls `render.docx`. A template is rendered in a sandbox: it may show figures and nothing else.
"""

from datetime import datetime
from pathlib import Path

from django.db.models import Max, QuerySet

from otklik.accounts.models import User
from otklik.audit.services import record
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.reports.forms import LOOKS, Form
from otklik.reports.models import ReportTemplate
from otklik.reports.render.beside import fault_of

PRODUCT = Path(__file__).parent / "render" / "report.docx"
OWN_OF_PRODUCT = 0
"""The version of the look that comes with the product."""
MAX_BYTES = 2 * 1024 * 1024


def try_template(
    town: Municipality, form: Form, name: str, content: bytes, by: User, now: datetime
) -> ReportTemplate:
    """Keep a new version to look at; papers are not drawn by it yet. Raises Refused that names the field or fault."""
    check_template(content)
    own = ReportTemplate.objects.filter(municipality=town, form=form.key)
    own.filter(taken_at=None).delete()
    tried = ReportTemplate.objects.create(
        municipality=town,
        form=form.key,
        version=(own.aggregate(last=Max("version"))["last"] or OWN_OF_PRODUCT) + 1,
        name=name[:120],
        content=content,
        by=by,
        at=now,
    )
    record(tried, "reports.template_tried", by, town, title=form.heading)
    return tried


def take_template(tried: ReportTemplate, by: User, now: datetime) -> ReportTemplate:
    """From now on papers of the form are drawn by this version; an earlier one may be taken again."""
    own = ReportTemplate.objects.filter(municipality=tried.municipality, form=tried.form)
    own.exclude(pk=tried.pk).update(is_dropped=True)
    tried.taken_at, tried.is_dropped = now, False
    tried.save(update_fields=["taken_at", "is_dropped"])
    record(tried, "reports.template_kept", by, tried.municipality, title=LOOKS[tried.form].heading)
    return tried


def drop_template(town: Municipality, form: Form, by: User) -> None:
    """Go back to the look of the product; the versions stay."""
    kept = own_template(town, form.key)
    if kept is None:
        raise Refused("Своего шаблона у этой формы нет.")
    versions(town, form).update(is_dropped=True)
    record(kept, "reports.template_dropped", by, town, title=form.heading)


def own_template(town: Municipality, form_key: str) -> ReportTemplate | None:
    """The version papers of the form are drawn by today, None when it is the product's."""
    own = ReportTemplate.objects.filter(municipality=town, form=form_key)
    return own.filter(taken_at__isnull=False, is_dropped=False).order_by("-version").first()


def version_of(town: Municipality, form_key: str) -> int:
    """The number of that version, 0 for the product's."""
    kept = own_template(town, form_key)
    return kept.version if kept else OWN_OF_PRODUCT


def template_of(town: Municipality, form_key: str, version: int | None = None) -> bytes:
    """The DOCX a form is drawn by: of today, or of the version a paper was frozen with."""
    if version is None:
        version = version_of(town, form_key)
    kept = ReportTemplate.objects.filter(municipality=town, form=form_key, version=version).first()
    return bytes(kept.content) if kept else PRODUCT.read_bytes()


def versions(town: Municipality, form: Form) -> QuerySet[ReportTemplate]:
    """Every version of the form, the newest first, without its content."""
    return ReportTemplate.objects.filter(municipality=town, form=form.key).defer("content")


def own_templates(town: Municipality) -> dict[str, ReportTemplate]:
    """The versions in force by form."""
    found = ReportTemplate.objects.filter(
        municipality=town, form__in=LOOKS, taken_at__isnull=False, is_dropped=False
    )
    return {one.form: one for one in found.defer("content").order_by("version")}


def check_template(content: bytes) -> None:
    """Raises Refused for a file that is no DOCX, for unknown fields, for a template that cannot be filled."""
    if len(content) > MAX_BYTES:
        raise Refused("Шаблон больше 2 МБ: уберите из него картинки или уменьшите их.")
    if fault := fault_of(content):
        raise Refused(fault)
