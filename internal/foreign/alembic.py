import io
import json
import logging
import sys

out, sys.stdout = sys.stdout, sys.stderr  # env.py may print

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory

where, ini, url = sys.argv[1:4]
config = Config(ini or None)
config.set_main_option("script_location", where)
config.set_main_option("sqlalchemy.url", url)
scripts = ScriptDirectory.from_config(config)


def write(revision, direction):
    """The SQL of one direction, without that of the version table."""
    text = io.StringIO()

    def run(heads, context):
        usual, context.impl.output_buffer = context.impl.output_buffer, text
        try:
            getattr(revision.module, direction)()
        finally:
            context.impl.output_buffer = usual
        return []

    with EnvironmentContext(
        config, scripts, fn=run, as_sql=True, destination_rev=revision.revision, output_buffer=io.StringIO()
    ):
        scripts.run_env()
    logging.disable(logging.CRITICAL)
    return text.getvalue()


def names(value):
    if value is None:
        return []
    return [value] if isinstance(value, str) else sorted(value)


def parents(value):
    return [value] if isinstance(value, str) else list(value or ())


found = []
for revision in scripts.walk_revisions():
    entry = {
        "ID": revision.revision,
        "Doc": (revision.doc or "").strip(),
        "File": revision.path,
        "Down": parents(revision.down_revision),
        "DependsOn": parents(revision.dependencies),
        "Labels": names(revision.module.branch_labels if hasattr(revision.module, "branch_labels") else None),
    }
    try:
        entry["Up"] = write(revision, "upgrade")
        entry["Back"] = write(revision, "downgrade")
    except Exception as error:
        entry["Error"] = "%s: %s" % (type(error).__name__, " ".join(str(error).split()) or "no reason given")
    found.append(entry)
json.dump(found, out)
