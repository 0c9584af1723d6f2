# The env.py of an Alembic project, by which Alembic is asked for pairs of
# databases: a line of JSON in, a line of JSON out.
import json
import re
import sys
import warnings

import alembic
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata, produce_migrations, render_python_code
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy.dialects import mysql, postgresql, sqlite
from sqlalchemy.pool import NullPool


def engine(url):
    return sa.create_engine(url, poolclass=NullPool)


def reflected(url):
    metadata = sa.MetaData()
    metadata.reflect(bind=engine(url))
    return metadata


def configured(connection, metadata):
    return MigrationContext.configure(
        connection,
        opts={"target_metadata": metadata, "compare_type": True, "compare_server_default": True},
    )


def compare(have, want):
    metadata = reflected(want)
    with engine(have).connect() as connection:
        return [told(d) for d in compare_metadata(configured(connection, metadata), metadata)]


def told(difference):
    """A difference as text, with what repr leaves out of a default."""
    if isinstance(difference, (list, tuple)):
        return "(" + ", ".join(told(d) for d in difference) + ")"
    if isinstance(difference, sa.DefaultClause):
        return f"DefaultClause({difference.arg})"
    return re.sub(r" at 0x[0-9a-f]+", "", repr(difference))


def apply(have, want):
    """Runs the revision that autogenerate writes."""
    metadata = reflected(want)
    with engine(have).begin() as connection:
        context = configured(connection, metadata)
        code = render_python_code(
            produce_migrations(context, metadata).upgrade_ops,
            render_as_batch=connection.dialect.name == "sqlite",
            migration_context=context,
        )
        names = {"op": alembic.op, "sa": sa, "mysql": mysql, "postgresql": postgresql, "sqlite": sqlite, "Text": sa.Text}
        with Operations.context(context):
            # It is the body of a function, the first line of which is not indented.
            exec("if True:\n    " + code, names)
    return []


def answer(do, **urls):
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        try:
            out = {"found": {"compare": compare, "apply": apply}[do](**urls), "error": ""}
        except Exception as e:
            out = {"found": [], "error": f"{type(e).__name__}: {e}"}
    return out | {"warned": sorted({str(w.message) for w in heard})}


def say(line):
    print(json.dumps(line), flush=True)


say({"version": f"Alembic {alembic.__version__} with SQLAlchemy {sa.__version__}"})
for line in sys.stdin:
    say(answer(**json.loads(line)))
