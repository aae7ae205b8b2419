"""No line of the log names a person."""

from __future__ import annotations

import json
import logging
import random
import sys
import uuid

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


JOB = "6f1c2b7e-93d4-4a51-8c0e-081234567890"  # a random UUID that ends like a phone number


@pytest.mark.parametrize(
    "text",
    [
        f"Task id={JOB} path=rakorsus.stages.findings.tasks.run_analysis state=RUNNING",
        f"job run_import ({JOB}) was cut off", f"GET /impor/{JOB}/ 500", f"UUID('{JOB.upper()}')",
    ],
)  # fmt: skip
def test_ids_of_jobs_stay(text):
    assert logs.scrubbed(text) == text


@pytest.mark.parametrize(
    "text",
    [
        f"{JOB}1", f"{JOB}-081234567890", f"x{JOB}", f"a-{JOB}",  # longer than an id
        "6f1c2b7e-93d4-1a51-8c0e-081234567890",  # no random ones
        "6f1c2b7e-93d4-4a51-0c0e-081234567890",
        "8c0e-081234567890", "4a51-8c0e-081234567890", f"{JOB[:-13]} 081234567890",
        f"{JOB}, lalu 081234567890", f"+6281234567890/{JOB}", f"7371012345678901 {JOB}",
        "id=081234567890", "0812345678901", "62-081234567890",
    ],
)  # fmt: skip
def test_a_number_beside_or_instead_of_an_id_is_hidden(text):
    """Whatever is not exactly an id is read as before; what stands beside one as well."""
    shown = logs.scrubbed(text).replace(JOB, "")
    assert "81234567890" not in shown
    assert "7371012345678901" not in shown


@pytest.mark.parametrize("seed", range(4))
def test_ten_thousand_ids_stay_and_as_many_numbers_go(seed):
    dice = random.Random(seed)
    for _ in range(2_500):
        number = dice.choice(["08", "+628"]) + "".join(dice.choices("0123456789", k=10))
        ident = str(uuid.UUID(int=dice.getrandbits(128), version=4))
        ident = dice.choice([ident, f"{ident[:-12]}08{dice.randrange(10**10):010d}"])
        said = logs.scrubbed(f"id={ident} telp {number};")
        assert said == f"id={ident} telp [disamarkan];"


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
