"""What all templates keep to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import rakorsus

TEMPLATES = sorted(Path(rakorsus.__file__).parent.rglob("templates/**/*.html"))
#: A key printed for people has a separator of thousands ("1.234"), which no address understands.
KEY_IN_ATTRIBUTE = re.compile(r'(?:value|href|action|data-[a-z-]+)="[^"]*\{\{\s*[\w.]*\bpk\s*\}\}')
INLINE = re.compile(r"<style|<script(?![^>]*\bsrc=)|\son[a-z]+=\"|javascript:", re.I)
RAW = re.compile(r"\|safe\b(?!seq)|\{%\s*autoescape off")


def test_there_are_templates():
    assert len(TEMPLATES) > 50


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: "/".join(p.parts[-2:]))
def test_keys_in_attributes_are_plain_numbers_and_scripts_have_files(path):
    text = path.read_text(encoding="utf-8")
    assert KEY_IN_ATTRIBUTE.findall(text) == []
    assert INLINE.findall(text) == []
    if RAW.search(text):
        assert path.name == "form.html"  # help texts of Django's own fields
