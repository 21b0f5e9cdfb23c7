"""The shape of the source: layers hold, names are explained, timers exist, words of the journal are complete."""

import ast
import importlib.util
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils.module_loading import import_string

from otklik.audit.selectors import sentences
from otklik.cases.rules import MOVES
from otklik.config.cli import COMMANDS
from otklik.config.schedule import TIMERS

ROOT = Path(__file__).parents[2]
CODE = ROOT / "otklik"
MOST_LINES = 400
WRITERS = {"record", "Entry", "finish", "EntryOf", "journal"}
CODE_WORD = re.compile(r"^[a-z_]+\.[a-z_]+$")


def modules(*folders: Path) -> Iterator[Path]:
    for folder in folders:
        yield from (path for path in sorted(folder.rglob("*.py")) if "migrations" not in path.parts)


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_it_imports_only_from_the_right_of_its_own_place() -> None:
    linter = shutil.which("lint-imports", path=str(Path(sys.executable).parent))
    assert linter is not None, "lint-imports is missing: make setup installs it"
    done = subprocess.run([linter], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_it_opens_every_module_with_its_promise() -> None:
    silent = [
        name_of(path)
        for path in modules(CODE, ROOT / "bench")
        if path.name not in ("__init__.py", "apps.py")
        and "tests" not in path.parts
        and not ast.get_docstring(ast.parse(path.read_text()))
    ]
    assert silent == []


def test_it_keeps_files_readable_at_one_sitting() -> None:
    long = {
        name_of(path): n for path in modules(CODE) if (n := len(path.read_text().splitlines())) > MOST_LINES
    }
    assert long == {}


def test_it_has_a_function_behind_every_timer() -> None:
    for timer in TIMERS:
        assert callable(import_string(timer.task)), timer.task
    assert len({timer.task for timer in TIMERS}) == len(TIMERS)


def test_it_lists_every_task_of_every_package_in_the_schedule() -> None:
    """A task nobody calls is a promise nobody keeps."""
    tasks = {
        ".".join([*path.relative_to(ROOT).with_suffix("").parts, node.name])
        for path in CODE.rglob("tasks.py")
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    }
    assert tasks == {timer.task for timer in TIMERS}


@pytest.mark.parametrize("path", sorted(CODE.rglob("tasks.py")), ids=name_of)
def test_it_walks_municipalities_by_timers_through_one_door(path: Path) -> None:
    """A loop of its own would stop at the first town that breaks: `common.everywhere` goes on."""
    asked = [node for node in ast.walk(ast.parse(path.read_text())) if _is_all_towns(node)]
    assert [ast.unparse(node) for node in asked] == []


def _is_all_towns(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and ast.unparse(node) == "Municipality.objects"


def journal_codes() -> set[str]:
    """Codes written in calls that add to the journal."""
    found: set[str] = set()
    for path in modules(CODE):
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and _name(node.func) in WRITERS:
                words = (arg.value for arg in node.args if isinstance(arg, ast.Constant))
                found |= {word for word in words if isinstance(word, str) and CODE_WORD.match(word)}
    return found


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def test_it_says_every_journal_code_in_words() -> None:
    codes, words = journal_codes(), sentences()
    assert len(codes) > len(MOVES), "the search has lost the calls"
    assert codes - words.keys() == set()
    assert not [code for code, sentence in words.items() if not re.match(r"^[а-яё]", sentence)]


@pytest.mark.parametrize("page", ["README.ru.md", "docs/operations.md"])
def test_it_tells_an_administrator_of_every_command(page: str) -> None:
    text = (ROOT / page).read_text()
    untold = [name for name in COMMANDS if not re.search(rf"otklik {re.escape(name)}\b", text)]
    assert untold == []


def test_it_has_a_file_and_a_help_line_for_every_command() -> None:
    for name, entry in COMMANDS.items():
        assert importlib.util.find_spec(entry.module), name
        assert entry.help, name


def test_it_uses_every_code_word_of_the_glossary() -> None:
    rows = re.findall(r"^\| [^|]+ \| ([^|]+) \|", (ROOT / "docs/glossary.md").read_text(), re.MULTILINE)
    words = [word for cell in rows[1:] for word in re.findall(r"[A-Za-z]+", cell) if len(word) > 3]
    source = "\n".join(path.read_text() for path in modules(CODE)).lower()
    assert len(words) > 30
    assert [word for word in words if word.lower() not in source] == []


def test_it_names_no_municipality_in_code() -> None:
    keys = [folder.name for folder in (CODE / "charter" / "presets").iterdir() if folder.is_dir()]
    named = [
        f"{name_of(path)}: {key}"
        for path in modules(CODE)
        if "tests" not in path.parts and "demo" not in path.parts
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        for key in keys
        if node.value == key
    ]
    assert named == []
