"""The document around a report: head, style, the choice of language by pure CSS, foot."""

from __future__ import annotations

from html import escape

from rakorsus.engine.report.style import CSS


def document(title: str, lead: str, body: str, foot: str) -> str:
    """One HTML document that needs nothing else; all but the title is ready HTML."""
    return f"""<!doctype html>
<html lang="id"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>{escape(title)}</title><style>{CSS}</style></head><body>
<input class="lang" type="radio" name="lang" id="lang-id" checked aria-label="Bahasa Indonesia">
<input class="lang" type="radio" name="lang" id="lang-en" aria-label="English">
<header class="top"><div class="switch"><label for="lang-id">Indonesia</label>
<label for="lang-en">English</label></div>
<h1>{escape(title)}</h1>
<p class="soft">{lead}</p></header>
<main>{body}</main>
<footer>{foot}</footer>
</body></html>
"""
