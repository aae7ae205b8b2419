"""Names and passwords for TURN servers, as coturn's `use-auth-secret` reckons them."""

from __future__ import annotations

import pytest

from rakorsus.hall import relay
from rakorsus.web import environment


def test_a_relay_is_told_with_a_name_that_ends() -> None:
    # echo -n 1647223200:7 | openssl dgst -sha1 -hmac "kata rahasia" -binary | base64
    begun = 1647223200 - relay.AGE
    addresses = ["stun:t.example:3478", "turn:t.example:3478", "turns:t.example:443?transport=tcp"]
    assert relay.servers(addresses, "kata rahasia", "7", begun + 0.9) == [
        {"urls": ["stun:t.example:3478"]},
        {"urls": addresses[1:], "username": "1647223200:7",
         "credential": "l+XhDjhFoC/2h4VD+JSL11oJeBs="},
    ]  # fmt: skip
    assert relay.servers([], "", "7", 0) == []
    assert relay.servers(["stun:t.example"], "", "7", 0) == [{"urls": ["stun:t.example"]}]


@pytest.mark.parametrize(
    ("told", "secret"),
    [("http://t.example", "x"), ("turn:", "x"), ("turn:t?transport=sctp", "x"), ("turn:t", "")],
)
def test_a_wrong_address_or_no_secret_is_said_at_once(monkeypatch, told: str, secret: str) -> None:
    monkeypatch.setenv("RAKORSUS_TURN", told)
    monkeypatch.setenv("RAKORSUS_TURN_SECRET", secret)
    with pytest.raises(ValueError, match="RAKORSUS_TURN"):
        environment.turn()


def test_addresses_are_several(monkeypatch) -> None:
    monkeypatch.setenv("RAKORSUS_TURN", " stun:a:3478, turns:b:443?transport=tcp ,")
    monkeypatch.setenv("RAKORSUS_TURN_SECRET", "x")
    assert environment.turn() == ["stun:a:3478", "turns:b:443?transport=tcp"]
    monkeypatch.delenv("RAKORSUS_TURN")
    assert environment.turn() == []
