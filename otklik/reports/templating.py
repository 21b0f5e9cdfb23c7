"""A municipality's own DOCX template: checked by fields and by a trial paper before it is kept.

Called by the desk; calls `render.docx`. A template is rendered in a sandbox: it may show figures and nothing else.
"""

from datetime import datetime
from io import BytesIO
from zipfile import BadZipFile

from docx.opc.exceptions import PackageNotFoundError
from jinja2 import TemplateError

from otklik.accounts.models import User
from otklik.audit.services import record
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.reports.forms import FORMS, Form
from otklik.reports.models import ReportTemplate
from otklik.reports.parts import Bar, Document, Writing, count_cell, text_cell
from otklik.reports.render.docx import TEMPLATE, strange_fields, to_docx

MAX_BYTES = 2 * 1024 * 1024


def keep_template(
    town: Municipality, form: Form, name: str, content: bytes, by: User, now: datetime
) -> ReportTemplate:
    """Take a template for the form. Raises Refused that names the field or the fault."""
    check_template(content)
    kept, _ = ReportTemplate.objects.update_or_create(
        municipality=town,
        form=form.key,
        defaults={"name": name[:120], "content": content, "by": by, "at": now},
    )
    record(kept, "reports.template_kept", by, town, title=form.heading)
    return kept


def drop_template(town: Municipality, form: Form, by: User) -> None:
    """Go back to the template of the product."""
    kept = ReportTemplate.objects.filter(municipality=town, form=form.key).first()
    if kept is None:
        raise Refused("Своего шаблона у этой формы нет.")
    record(kept, "reports.template_dropped", by, town, title=form.heading)
    kept.delete()


def template_of(town: Municipality, form_key: str) -> bytes:
    """The DOCX a form of the municipality is drawn by."""
    kept = ReportTemplate.objects.filter(municipality=town, form=form_key).first()
    return bytes(kept.content) if kept else TEMPLATE.read_bytes()


def own_templates(town: Municipality) -> dict[str, ReportTemplate]:
    """Templates of the municipality by form."""
    found = ReportTemplate.objects.filter(municipality=town, form__in=FORMS).defer("content")
    return {one.form: one for one in found}


def check_template(content: bytes) -> None:
    """Raises Refused for a file that is no DOCX, for unknown fields, for a template that cannot be filled."""
    if len(content) > MAX_BYTES:
        raise Refused("Шаблон больше 2 МБ: уберите из него картинки или уменьшите их.")
    try:
        strangers = strange_fields(content)
        if not strangers:
            to_docx(_trial(), BytesIO(content))
    except (PackageNotFoundError, BadZipFile, KeyError):
        raise Refused("Это не документ DOCX. Сохраните шаблон в Word или LibreOffice как DOCX.") from None
    except TemplateError as fault:
        raise Refused(f"Шаблон не заполняется: {fault}. Проверьте скобки и концы повторов.") from None
    if strangers:
        raise Refused(f"В шаблоне есть поля, которых отчёт не знает: {', '.join(strangers)}.")


def _trial() -> Document:
    """A paper with every kind of part, for trying a template."""
    page = Writing()
    page.head("Проба")
    page.subhead("Часть")
    page.say("Проверка шаблона.")
    page.table("Проба", ("А", "Б"), [(text_cell("а"), count_cell(1))], (1, 1), True)
    page.bars("Проба", [Bar("а", 1, 2)])
    return Document("Проба", "шаблона", "за день", "Центр", "Кому", "Кто", tuple(page.parts))
