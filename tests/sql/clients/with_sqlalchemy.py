"""The warehouse through SQLAlchemy: reflection, comments, questions."""

import json
import sys
from pathlib import Path

import sqlalchemy as sa

engine = sa.create_engine(f"duckdb:///{sys.argv[1]}", connect_args={"read_only": True})
inspector = sa.inspect(engine)
names = [*inspector.get_table_names(), *inspector.get_view_names()]
tables = {name: inspector.get_table_comment(name)["text"] for name in inspector.get_table_names()}
best = sa.Table("fct_best", sa.MetaData(), autoload_with=engine)
with engine.connect() as con:
    total = con.execute(
        sa.select(best.c.value).where(
            best.c.reporter == "Chongqing", best.c.flow == "trade", best.c.partner == "World",
            best.c.period == "2025-01/2025-12", best.c.measure == "value", best.c.unit == "CNY",
            best.c.bound == "=", best.c.enterprise == "all", best.c.regime == "all",
            best.c.known_to.is_(None))
    ).fetchall()  # fmt: skip
    answers = [[list(r) for r in con.execute(sa.text(Path(q).read_text()))] for q in sys.argv[2:]]
assert [float(v) for (v,) in total] == [800_680_000_000], total
assert best.c.value.comment, "columns reflect their comments"
assert {"obs", "trade", "sdmx_obs"} <= set(names)
print(json.dumps({"tables": tables, "answers": answers}, default=str))
