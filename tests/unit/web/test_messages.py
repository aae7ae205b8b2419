"""The English of the pages is complete, and compiled from what is written."""

from __future__ import annotations

import gettext
import io

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from rakorsus.web import messages

#: An app that says nothing yet has no catalogue
SPEAKING = [
    a for a in messages.APPS if messages.sentences(a) or messages.catalogue_file(a).exists()
]


def name_of(app) -> str:
    return app.name


@pytest.mark.parametrize("app", SPEAKING, ids=name_of)
def test_every_sentence_has_english(app):
    assert messages.missing(app) == []


@pytest.mark.parametrize("app", SPEAKING, ids=name_of)
def test_the_compiled_catalogue_is_the_written_one(app):
    file = messages.catalogue_file(app)
    written = read_po(io.BytesIO(file.read_bytes()), locale="en")
    fresh = io.BytesIO()
    write_mo(fresh, written)
    fresh.seek(0)
    known = file.with_suffix(".mo")
    with known.open("rb") as compiled:
        now, then = gettext.GNUTranslations(fresh), gettext.GNUTranslations(compiled)
    assert now._catalog == then._catalog


@pytest.mark.parametrize("app", SPEAKING, ids=name_of)
def test_nothing_is_kept_that_no_page_says(app):
    said = {m if isinstance(m, str) else m[0] for _context, m in messages.sentences(app)}
    kept = read_po(io.BytesIO(messages.catalogue_file(app).read_bytes()), locale="en")
    ids = {m.id if isinstance(m.id, str) else m.id[0] for m in kept if m.id}
    assert ids == said


def test_sentences_of_templates_and_code_are_found(tmp_path, monkeypatch):
    monkeypatch.setattr(messages, "PACKAGE", tmp_path)
    (tmp_path / "page.html").write_text(
        '{% load i18n %}<p title="{% translate \'Satu\' %}">{% translate "Du\'a" %}</p>'
        "{% blocktranslate count n=n %}{{ n }} baris{% plural %}{{ n }} baris"
        "{% endblocktranslate %}"
        "{% translate 'Mei' context 'bulan' %}"
    )
    (tmp_path / "code.py").write_text('x = _("Tiga" "empat"); y = pgettext("hari", "Sabtu")')
    assert set(messages.sentences(tmp_path)) == {
        (None, "Satu"), (None, "Du'a"), (None, ("%(n)s baris", "%(n)s baris")), ("bulan", "Mei"),
        (None, "Tigaempat"), ("hari", "Sabtu"),
    }  # fmt: skip


def test_what_lacks_english_or_has_other_placeholders_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(messages, "PACKAGE", tmp_path)
    (tmp_path / "code.py").write_text('a = _("Satu"); b = _("%(n)s baris"); c = _("Tiga")')
    file = messages.catalogue_file(tmp_path)
    file.parent.mkdir(parents=True)
    file.write_text(
        'msgid "Satu"\nmsgstr "One"\n\nmsgid "%(n)s baris"\nmsgstr "%(m)s rows"\n\n'
        'msgid "Lama"\nmsgstr "Old"\n'
    )
    assert messages.update(tmp_path) == [
        "code.py:1: '%(n)s baris': other placeholders in English",
        "code.py:1: 'Tiga' has no English",
    ]
    assert "Lama" not in file.read_text()
    before = file.read_bytes()
    messages.update(tmp_path)
    assert file.read_bytes() == before
