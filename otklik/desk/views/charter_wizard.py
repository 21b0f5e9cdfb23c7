"""The charter of a new municipality by questions: four steps in the address, a look at what came out, a ZIP.

Nothing is written here: every answer stands in the address, so the way back is the browser's own.
"""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from otklik.charter.drafting import draft_files, duties_by_capability, packed
from otklik.charter.files import preset_folders
from otklik.charter.questions import QUESTIONS, STEPS, Question, faults_in, read_answers, words_for
from otklik.charter.versions import handed_in
from otklik.desk.page import needs, page_or_part
from otklik.desk.request import DeskRequest

SHOWN_LINES = 60
Said = dict[str, list[str]]


@require_safe
@needs("charter.view")
def new(request: DeskRequest) -> HttpResponse:
    """One step of questions; after the last, the files as they would be."""
    said, taken = _said(request), tuple(preset_folders())
    asked = request.GET.get("step", "1")
    step = min(int(asked) if asked.isdecimal() else 1, len(STEPS) + 1) or 1
    # A step is passed when its answers will do: the first that will not is shown, with its faults if it was answered.
    behind = next((one for one in range(1, step) if faults_in(said, taken, one)), 0)
    faults = faults_in(said, taken, behind) if behind else {}
    step = behind or step
    context: dict[str, Any] = {
        "steps": [
            (number, title, _address(said, number)) for number, title in enumerate((*STEPS, "Готово"), 1)
        ],
        "step": step,
        "fields": [_field(one, said, faults) for one in QUESTIONS if one.step == step],
        "carried": [(key, one) for key, words in _other_steps(said, step).items() for one in words],
        "next": step + 1,
        "back": _address(said, step - 1) if step > 1 else "",
    }
    if step > len(STEPS):
        context |= _ready(said)
    return page_or_part(request, "charter/wizard", context)


@require_safe
@needs("charter.view")
def archive(request: DeskRequest) -> HttpResponse:
    """The folder as a ZIP; back to the questions while something is not answered."""
    said = _said(request)
    if faults_in(said, tuple(preset_folders())):
        return redirect(_address(said, len(STEPS) + 1))
    answers = read_answers(said)
    response = HttpResponse(packed(answers), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{answers.key}.zip"'
    return response


def _said(request: DeskRequest) -> Said:
    known = {one.key for one in QUESTIONS}
    return {key: request.GET.getlist(key) for key in request.GET if key in known}


def _address(said: Said, step: int) -> str:
    query = urlencode({"step": step, **said}, doseq=True)
    return f"{reverse('desk:charter_new')}?{query}"


def _other_steps(said: Said, step: int) -> Said:
    here = {one.key for one in QUESTIONS if one.step == step}
    return {key: words for key, words in said.items() if key not in here}


def _field(question: Question, said: Said, faults: dict[str, str]) -> dict[str, Any]:
    words = words_for(question, said)
    typed = said.get(question.key, words)
    return {
        "question": question,
        "value": typed[0] if typed else "",
        "options": [(key, title, key in words) for key, title in (question.options or {}).items()],
        "fault": faults.get(question.key, ""),
    }


def _ready(said: Said) -> dict[str, Any]:
    """What came out, checked as the command checks it."""
    answers = read_answers(said)
    files = draft_files(answers)
    preset = handed_in({name: text.encode() for name, text in files.items()}, answers.key)
    return {
        "answers": answers,
        "total": len(preset.clauses),
        "capabilities": duties_by_capability(answers),
        "files": [(name, _opening(text)) for name, text in files.items()],
        "archive": f"{reverse('desk:charter_new_zip')}?{urlencode(said, doseq=True)}",
    }


def _opening(text: str) -> str:
    lines = text.splitlines()
    rest = len(lines) - SHOWN_LINES
    return "\n".join(lines[:SHOWN_LINES]) + (f"\n… ещё строк: {rest}" if rest > 0 else "")
