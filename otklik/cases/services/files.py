"""Files of a case: those that staff add, and pictures of a message that were fetched after its card was made."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from otklik.accounts.models import User
from otklik.audit.services import record
from otklik.cases.models import Case, CaseFile, Utterance
from otklik.channels.models import StoredFile
from otklik.common.errors import Refused
from otklik.common.models import Municipality

LATE = timedelta(days=7)
"""A file that lies outside is tried no longer than this."""
PURPOSES = {"proof": "подтверждение дела", "paper": "документ"}


def add_file(case: Case, file: StoredFile, purpose: str, by: User) -> CaseFile:
    """Attach a stored file. A proof is shown to the applicant beside the answer, a paper only to staff."""
    if purpose not in PURPOSES:
        raise Refused("Скажите, что это за файл: подтверждение дела или документ.")
    attached = CaseFile.objects.create(municipality=case.municipality, case=case, file=file, purpose=purpose)
    record(case, "cases.file_added", by, case.municipality, details={"purpose": purpose, "name": file.name})
    return attached


def attach_late_files(municipality: Municipality, now: datetime) -> int:
    """Put files that came after their message on its card; safe to run twice. Returns how many."""
    attached = CaseFile.objects.filter(file=OuterRef("pk"))
    late = StoredFile.objects.filter(
        ~Exists(attached), municipality=municipality, created_at__gte=now - LATE, raw__state="registered"
    )
    files = list(late.select_related("raw__case"))
    said = Utterance.objects.filter(raw__in=[file.raw_id for file in files], kind__in=("remark", "reply"))
    cases: dict[int | None, int] = dict(said.values_list("raw_id", "case_id")) if files else {}
    cases |= {file.raw_id: file.raw.case.pk for file in files if file.raw and hasattr(file.raw, "case")}
    rows = [
        CaseFile(municipality=municipality, case_id=cases[file.raw_id], file=file)
        for file in files
        if file.raw_id in cases
    ]
    return len(CaseFile.objects.bulk_create(rows))
