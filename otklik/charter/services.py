"""Verbs that write the charter: load a preset from files, confirm a parameter, change a parameter.

`load_charter` is called by the command `otklik charter load` and by the first start; the deeds on a parameter
by the page «Положение», which also writes the journal: `charter` and `audit` do not know each other.
"""

from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from pydantic import JsonValue

from otklik.charter import selectors
from otklik.charter.carrying import carries_out
from otklik.charter.files import Preset, read_preset
from otklik.charter.models import Act, CharterVersion, Clause, Parameter
from otklik.charter.schema import ParameterRow
from otklik.common.errors import Refused
from otklik.common.keeping import keep_rows
from otklik.common.models import Municipality
from otklik.common.scope import within


@dataclass(frozen=True)
class Loaded:
    """What a loading did: `is_changed` is False when the same preset was in force already."""

    municipality: Municipality
    is_changed: bool
    acts: int
    clauses: int
    new_parameters: int


def load_charter(folder: Path) -> Loaded:
    """Bring a preset's files into the database; loading the same files again changes nothing.

    Raises `CharterError` with every fault of the files before anything is written.
    """
    preset = read_preset(folder)
    with transaction.atomic():
        municipality = _load_municipality(preset)
        with within(municipality.id):
            loaded = _load_rows(municipality, preset)
    selectors.forget_remembered()
    return loaded


def confirm_parameter(municipality: Municipality, key: str, by: AbstractBaseUser, today: date) -> Parameter:
    """The operator has checked the value in force; its badge goes. Refused when it is confirmed already."""
    value = selectors.parameter(municipality, key, today)
    if value.confirmed:
        raise Refused(f"Параметр «{value.title}» уже подтверждён.")
    row = Parameter.objects.select_for_update().get(municipality=municipality, pk=value.row_id)
    row.confirmed_by_id, row.confirmed_on = by.pk, today
    row.save(update_fields=["confirmed_by", "confirmed_on"])
    selectors.forget_remembered()
    return row


@carries_out("BOG-III.4.4.1.1")
def change_parameter(
    municipality: Municipality,
    key: str,
    value: JsonValue,
    source: str,
    by: AbstractBaseUser,
    today: date,
    valid_from: date | None = None,
) -> Parameter:
    """Add a local value in force from a day (today by default); earlier rows stay as they were.

    Refused without a source, with a value of another kind, outside the options, or with the value in force.
    """
    current = selectors.parameter(municipality, key, today)
    _check_value(municipality, current.value, key, value)
    if not source.strip():
        raise Refused("Укажите источник: акт, письмо или решение, на котором держится новое значение.")
    if value == current.value:
        raise Refused(f"Параметр «{current.title}» уже имеет это значение: его можно подтвердить.")
    row = Parameter.objects.create(
        municipality=municipality,
        key=key,
        title=current.title,
        value=value,
        source=source.strip(),
        mark=current.mark,
        confirmed_by_id=by.pk,
        confirmed_on=today,
        valid_from=valid_from or today,
        changed_by_operator=True,
    )
    selectors.forget_remembered()
    return row


def _check_value(municipality: Municipality, current: JsonValue, key: str, value: JsonValue) -> None:
    numbers = (int, float)
    both_numbers = type(value) in numbers and type(current) in numbers
    if type(value) is not type(current) and not both_numbers:
        raise Refused(
            "Новое значение должно быть того же вида, что и прежнее: число, слово, список или да/нет."
        )
    options = [option for row in _rows_in_charter(municipality, key) for option in row.options]
    if options and value not in options:
        raise Refused(f"Можно выбрать одно из значений: {', '.join(str(option) for option in options)}.")


def _rows_in_charter(municipality: Municipality, key: str) -> list[ParameterRow]:
    return selectors.charter_of(municipality).parameters.get(key, [])


def _load_municipality(preset: Preset) -> Municipality:
    identity = preset.charter.identity
    municipality, _ = Municipality.objects.update_or_create(
        key=preset.charter.key,
        defaults={
            "name": identity.name,
            "short_name": identity.short_name,
            "region": identity.region,
            "time_zone": identity.time_zone,
            "oktmo": identity.oktmo,
            "population": identity.population,
        },
    )
    return municipality


def _load_rows(municipality: Municipality, preset: Preset) -> Loaded:
    newest = CharterVersion.objects.filter(municipality=municipality).order_by("-loaded_at", "-id").first()
    is_changed = newest is None or newest.digest != preset.digest
    new_parameters = 0
    if is_changed:
        _load_acts(municipality, preset)
        _load_clauses(municipality, preset)
        new_parameters = _load_parameters(municipality, preset)
        CharterVersion.objects.create(municipality=municipality, digest=preset.digest, data=_as_data(preset))
    return Loaded(municipality, is_changed, len(preset.charter.acts), len(preset.clauses), new_parameters)


def _as_data(preset: Preset) -> dict[str, object]:
    return {
        "charter": preset.charter.model_dump(mode="json"),
        "clauses": [asdict(clause) for clause in preset.clauses],
    }


def _load_acts(municipality: Municipality, preset: Preset) -> None:
    wanted = {
        act.key: {
            "kind": act.kind,
            "title": act.title,
            "number": act.number,
            "date": act.date,
            "valid_from": act.valid_from,
        }
        for act in preset.charter.acts.values()
    }
    keep_rows(Act, wanted, municipality=municipality)
    Act.objects.filter(municipality=municipality).exclude(key__in=preset.charter.acts).delete()


def _load_clauses(municipality: Municipality, preset: Preset) -> None:
    rows = [
        Clause(
            municipality=municipality,
            clause_id=clause.id,
            position=position,
            title=clause.title,
            capability=clause.capability,
            cadence=clause.cadence,
            evidence_key=clause.evidence,
            actor=clause.actor,
        )
        for position, clause in enumerate(preset.clauses, start=1)
    ]
    # A duty that left the text leaves the list; the former text stays in the former version's data.
    Clause.objects.filter(municipality=municipality).exclude(
        clause_id__in=[row.clause_id for row in rows]
    ).delete()
    Clause.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["municipality", "clause_id"],
        update_fields=["position", "title", "capability", "cadence", "evidence_key", "actor"],
    )


def _load_parameters(municipality: Municipality, preset: Preset) -> int:
    """Add a row for every value that is new or differs from the file's last word; local rows stay."""
    known = {
        (row.key, row.valid_from): row
        for row in Parameter.objects.filter(municipality=municipality, changed_by_operator=False).order_by(
            "id"
        )
    }
    new = [
        Parameter(
            municipality=municipality,
            key=key,
            title=row.title,
            value=row.value,
            source=row.source,
            mark=row.mark,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
        )
        for key, rows in preset.charter.parameters.items()
        for row in rows
        if not _says_the_same(known.get((key, row.valid_from)), row)
    ]
    return len(Parameter.objects.bulk_create(new))


def _says_the_same(known: Parameter | None, row: ParameterRow) -> bool:
    return known is not None and (known.value, known.source, known.mark, known.title, known.valid_to) == (
        row.value,
        row.source,
        row.mark,
        row.title,
        row.valid_to,
    )
