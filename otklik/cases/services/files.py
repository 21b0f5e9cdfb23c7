"""Files that staff add to a case: a proof of the deed, a paper of the correspondence."""

from otklik.accounts.models import User
from otklik.audit.services import record
from otklik.cases.models import Case, CaseFile
from otklik.channels.models import StoredFile
from otklik.common.errors import Refused

PURPOSES = {"proof": "подтверждение дела", "paper": "документ"}


def add_file(case: Case, file: StoredFile, purpose: str, by: User) -> CaseFile:
    """Attach a stored file. A proof is shown to the applicant beside the answer, a paper only to staff."""
    if purpose not in PURPOSES:
        raise Refused("Скажите, что это за файл: подтверждение дела или документ.")
    attached = CaseFile.objects.create(municipality=case.municipality, case=case, file=file, purpose=purpose)
    record(case, "cases.file_added", by, case.municipality, details={"purpose": purpose, "name": file.name})
    return attached
