"""The README's answers, made from the sample articles: ``python -m tests.readme`` writes them anew."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from flows import report, show, steps
from flows.load import query
from flows.settings import SQL, Home
from flows.summary import summary
from tests.homes import NOW

README = Path(__file__).parents[1] / "README.md"
ROWS = 8


def made(text: str, home: Home, run: str) -> str:
    """Return the README with its run, its explanation and its answers as the warehouse gives them."""
    with query.connect(home.database) as con:
        ((figure,),) = query.select(
            con, "select figure_id from fct_figure where printed = '1326.5亿元' order by figure_id limit 1"
        ).rows
        explained = f"$ customhouse explain {figure[:8]}\n\n" + show.explanation(query.explain(con, figure))

        def answers(match: re.Match[str]) -> str:
            parts = [match[1]]
            for name in match[2].split():
                head, _, select = (
                    (SQL / "queries" / f"{name}.sql").read_text(encoding="utf-8").partition("\n")
                )
                found = query.select(con, select)
                table = show.table(found.columns, found.rows[:ROWS])
                parts.append(
                    f"**{head.removeprefix('-- ')}**\n\n```sql\n{select.strip()}\n```\n```\n{table}\n```"
                )
            return "\n\n".join(parts) + "\n\n"

        text = re.sub(r"(<!-- answers: ([\w ]+) -->)\n.*?(?=^## )", answers, text, flags=re.S | re.M)
    for name, block in (("run", run), ("explain", explained)):
        text = re.sub(
            rf"(<!-- {name} -->\n```\n).*?```", lambda m, b=block: f"{m[1]}{b}\n```", text, flags=re.S
        )
    return text


def ended(home: Home, came: steps.Ingested, outcomes: tuple[steps.Outcome, ...], published: object) -> str:
    """Return what a run on the samples prints, with the home named as the README names it."""
    lines = "\n".join(summary(home, came, outcomes, published).lines())  # type: ignore[arg-type]
    lines = lines.replace(str(home.root), "…/warehouse")
    return "$ customhouse run\n" + re.sub(r"[0-9]{8}T[0-9]{6}Z-[0-9a-f]{16}", "20260201T093000Z-…", lines)


def sample_run(home: Home) -> str:
    """Run on the samples and return what is printed."""
    came = steps.ingest(home, [], now=NOW)
    outcomes = steps.read(home, processes=1)
    done = steps.publish(home, steps.build(home), now=NOW)
    report.build(home.database, home.releases / done.release_id / "site")
    return ended(home, came, outcomes, done)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        place = Home(Path(folder))
        README.write_text(made(README.read_text("utf-8"), place, sample_run(place)), encoding="utf-8")
