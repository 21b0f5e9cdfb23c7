"""Tables of an empty database in one go: the same as all migrations would make one after another.

Django draws the models anew after every step of a migration; with two hundred tables a newcomer would wait minutes
for that alone. Here the models of the last state are drawn once, and the steps that speak SQL are taken as they are.
Both ways end in the same tables: tests compare them.
"""

from collections.abc import Sequence

from django.contrib.postgres.operations import CreateExtension
from django.core.management import call_command
from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import Migration, RunPython, RunSQL
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

OF_TABLES = RunSQL, RunPython
"""Steps that are taken besides the tables themselves; they find them empty."""
STEP_BY_STEP = "procrastinate"
"""Its tables are made by SQL alone, and a value added to a type may be used in the next transaction only."""


def make_first_tables() -> bool:
    """Make and note down everything in an empty database; False where something is there, and nothing is done."""
    if connection.introspection.table_names():
        return False
    call_command("migrate", STEP_BY_STEP, interactive=False, verbosity=0)
    executor = MigrationExecutor(connection)
    plan = [migration for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]
    state = executor.loader.project_state()
    with connection.schema_editor(atomic=True) as editor:
        _take(plan, CreateExtension, state, editor)
        for model in state.apps.get_models():
            if model._meta.can_migrate(connection) and model._meta.app_label != STEP_BY_STEP:
                editor.create_model(model)
        _take(plan, OF_TABLES, state, editor)
        for migration in plan:
            executor.recorder.record_applied(migration.app_label, migration.name)
    return True


def _take(
    plan: Sequence[Migration],
    kinds: type[Operation] | tuple[type[Operation], ...],
    state: ProjectState,
    editor: BaseDatabaseSchemaEditor,
) -> None:
    for migration in plan:
        for step in migration.operations:
            if isinstance(step, kinds):
                step.database_forwards(migration.app_label, editor, state, state)
