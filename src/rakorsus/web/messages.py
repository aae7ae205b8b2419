"""The English of the pages: find the sentences, keep the catalogues, compile them.

    python -m rakorsus.web.messages            update locale/en of every app and compile
    python -m rakorsus.web.messages --check    say what lacks English; 1 when anything does

Message ids are Indonesian (see docs/decisions/0001). Uses Babel, so that no gettext programs are
needed; Babel is a tool of development and not needed at run time.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
APPS = (
    PACKAGE / "web",
    PACKAGE / "people",
    PACKAGE / "documents",
    *sorted(p for p in (PACKAGE / "stages").iterdir() if (p / "apps.py").is_file()),
    PACKAGE / "hall",
    PACKAGE / "operation",
)
_KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip
Message = tuple[str | None, str | tuple[str, str]]  # context, id or (singular, plural)


def sentences(app: Path) -> dict[Message, list[str]]:
    """Every sentence of an app's code and templates, with the places where it stands."""
    found: dict[Message, list[str]] = {}
    for path in sorted([*app.rglob("*.py"), *app.rglob("*.html"), *app.rglob("*.txt")]):
        if "migrations" in path.parts or "locale" in path.parts:
            continue
        for line, message in _extract(path):
            found.setdefault(message, []).append(f"{path.relative_to(PACKAGE)}:{line}")
    return found


def _extract(path: Path) -> Iterator[tuple[int, Message]]:
    from babel.messages.extract import extract
    from django.utils.translation.template import templatize

    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        text = "\n".join(_calls(templatize(text, origin=str(path))))
    source = io.BytesIO(text.encode())
    for line, message, _, context in extract("python", source, keywords=_KEYWORDS):
        if message:
            yield line, (context, message if isinstance(message, str) else tuple(message))


def _calls(text: str) -> Iterator[str]:
    """The translation calls in what `templatize` makes of a template, one a line: the rest of it
    is no Python."""
    for match in re.finditer(r"\b(n?p?gettext|_)\(", text):
        quote, end, depth = "", match.end(), 1
        while depth:
            sign = text[end]
            if quote:
                end += sign == "\\"
                quote = "" if sign == quote else quote
            elif sign in "\"'":
                quote = sign
            else:
                depth += (sign == "(") - (sign == ")")
            end += 1
        yield text[match.start() : end].replace("\n", " ")


def catalogue_file(app: Path) -> Path:
    return app / "locale" / "en" / "LC_MESSAGES" / "django.po"


def update(app: Path) -> list[str]:
    """Bring the app's catalogue up to date and compile it; returns what still lacks English."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po, write_po

    file = catalogue_file(app)
    known = sentences(app)
    if not known:
        return []
    file.parent.mkdir(parents=True, exist_ok=True)
    old = read_po(io.BytesIO(file.read_bytes() if file.exists() else b""), locale="en")
    new = _merged(known, old)
    out, compiled = io.BytesIO(), io.BytesIO()
    write_po(out, new, width=100, no_location=True, omit_header=False, ignore_obsolete=True)
    write_mo(compiled, new)
    _write(file, out.getvalue())
    _write(file.with_suffix(".mo"), compiled.getvalue())
    return missing(app)


def _merged(known, old):
    """The sentences that are there now, with the English they had; names and numbers fixed, so
    that the file changes only when a sentence does."""
    from babel.messages.catalog import Catalog

    new = Catalog(
        locale="en", project="rakorsus", header_comment="# English of the pages", fuzzy=False
    )
    fixed = old.creation_date.replace(year=2022, month=3, day=15, hour=0, minute=0, tzinfo=None)
    new.creation_date = new.revision_date = fixed.replace(second=0, microsecond=0)
    for (context, message), _places in sorted(known.items(), key=lambda item: str(item[0])):
        had = old.get(message if isinstance(message, str) else message[0], context)
        text = had.string if had else ""
        if not isinstance(message, str) and isinstance(text, str):
            text = (text, text)
        new.add(message, text, context=context)
    return new


def missing(app: Path) -> list[str]:
    """Sentences without English, or whose placeholders differ from the Indonesian ones."""
    from babel.messages.pofile import read_po

    file = catalogue_file(app)
    known = sentences(app)
    catalogue = read_po(io.BytesIO(file.read_bytes() if file.exists() else b""), locale="en")
    troubles = []
    for (context, message), places in known.items():
        had = catalogue.get(message if isinstance(message, str) else message[0], context)
        texts = (
            [had.string] if had and isinstance(had.string, str) else list(had.string) if had else []
        )
        if not texts or not all(texts):
            troubles.append(f"{places[0]}: {message!r} has no English")
        elif any(_slots(t) - _slots(str(message)) for t in texts):
            troubles.append(f"{places[0]}: {message!r}: other placeholders in English")
    return troubles


def _slots(text: str) -> set[str]:
    return set(re.findall(r"%\((\w+)\)[sd]", text))


def _write(file: Path, content: bytes) -> None:
    if not file.exists() or file.read_bytes() != content:
        file.write_bytes(content)


def main() -> int:
    import django
    from django.conf import settings

    if not settings.configured:
        settings.configure(USE_I18N=True, TEMPLATES=[])
        django.setup()
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="change nothing")
    options = parser.parse_args()
    troubles: list[str] = []
    for app in APPS:
        troubles += missing(app) if options.check else update(app)
    for trouble in troubles:
        print(trouble)
    print(f"{len(troubles)} sentences lack English")
    return int(bool(troubles))


if __name__ == "__main__":
    sys.exit(main())
