"""No line of the log names a person."""

from __future__ import annotations

import json
import logging
import sys

import pytest

from rakorsus.operation import logs


@pytest.mark.parametrize(
    "secret",
    [
        "ani.w@contoh.go.id", "7371012345678901", "198001012006041001", "081234567890",
        "+6281234567890", "10.1.2.33", "2001:db8:0:0:0:0:0:1",
    ],
)  # fmt: skip
def test_what_names_a_person_is_hidden(secret):
    assert secret not in logs.scrubbed(f"gagal untuk {secret}, coba lagi")


@pytest.mark.parametrize(
    "text",
    [
        "AXES: New login failure by {username: \"ani\", path_info: \"/akun/login/\"}",
        "failed for username=ani", "name: 'ani'",
    ],
)  # fmt: skip
def test_accounts_are_hidden(text):
    assert "ani" not in logs.scrubbed(text)


@pytest.mark.parametrize(
    "text", ["1.03.02.2.01 berumur 12 hari", "Rp1.250.000.000", "2022-03-15 08:00", "HTTP/1.1 404"]
)
def test_other_words_stay(text):
    assert logs.scrubbed(text) == text


def test_a_json_line_holds_the_error_without_the_person():
    try:
        raise ValueError("ani@contoh.go.id")
    except ValueError:
        record = logging.LogRecord(
            "x", logging.ERROR, "f", 1, "gagal %s", ("10.1.2.3",), sys.exc_info()
        )
    entry = json.loads(logs.Json().format(record))
    assert entry["level"] == "ERROR"
    assert "ValueError" in entry["error"]
    assert "ani@" not in json.dumps(entry)
    assert "10.1.2.3" not in logs.Line().format(record)
