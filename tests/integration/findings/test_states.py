"""The state of a finding from its sides' answers, case by case."""

from __future__ import annotations

import pytest

from rakorsus.stages.findings.states import state_of


@pytest.mark.parametrize(
    ("answers", "options", "state"),
    [
        ([], {}, "open"),
        (["waiting", "waiting"], {}, "open"),
        (["accept", "waiting"], {}, "answered"),
        (["accept", "accept"], {}, "accepted"),
        (["reject", "reject"], {}, "rejected"),
        (["accept", "reject"], {}, "disputed"),
        (["accept", "need_data"], {}, "answered"),
        (["accept", "accept"], {"agreed": True}, "settled"),
        (["accept", "accept"], {"agreed": True, "found": False}, "closed"),
        (["waiting"], {"expected": True}, "expected"),
        (["waiting"], {"expected": True, "found": False}, "closed"),
    ],
)
def test_state(answers: list[str], options: dict[str, bool], state: str) -> None:
    assert state_of(answers, **({"found": True, "agreed": False} | options)) == state
