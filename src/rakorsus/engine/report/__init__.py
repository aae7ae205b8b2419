"""The report that one run of the engine prints: one HTML file, no script, nothing from outside."""

from rakorsus.engine.report.nation import render_nation
from rakorsus.engine.report.page import Source, render

__all__ = ["Source", "render", "render_nation"]
