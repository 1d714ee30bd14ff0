"""The site of one release: static pages that open from disk and from any web server, and ask nobody else.

Charts are drawn here as SVG and tables, not by a script in the browser: every mark is then a link to the
sentence it comes from, both languages and both themes share one drawing, print and screen readers get
the same, and the start page stays far below what a chart library alone would weigh.
"""

from flows.report.engine import fetch
from flows.report.serve import server
from flows.report.site import build

__all__ = ["build", "fetch", "server"]
