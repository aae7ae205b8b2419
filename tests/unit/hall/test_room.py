"""The door, moving within bounds and speed, and who sees whom."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rakorsus.hall.gateway import codec
from rakorsus.hall.gateway.room import BOUNDS, GRACE, NEAREST, OTHERS, RESERVE, SLACK, SPEED, Room


def filled(count: int, seed: int = 1, agencies: int = 40) -> Room:
    """People all over the hall."""
    room, draw = Room(cap=count), np.random.default_rng(seed)
    for user in range(1, count + 1):
        body = room.enter(user, user % agencies + 1, "Peserta", "Dinas", 0.0)
        x, z = draw.integers(-15_000, 15_000, 2)
        room.go(body, int(x), int(z), 0, 1.0, 0)
    return room


STEP = st.one_of(
    st.tuples(st.just("enter"), st.integers(1, 12)),
    st.tuples(st.just("leave"), st.integers(1, 12)),
    st.tuples(st.just("wait"), st.floats(0.1, 30)),
)


@given(st.integers(1, 5), st.lists(STEP, max_size=60))
def test_the_cap_is_never_passed_and_ids_are_distinct(cap, steps):
    room, now = Room(cap=cap), 0.0
    inside: dict[int, float | None] = {}  # user -> when the connection was lost
    for what, value in steps:
        if what == "enter":
            body = room.enter(value, 0, "", "", now)
            fits = value in inside or len(inside) < cap
            assert (body is not None) == fits
            if fits:
                inside[value] = None
        elif what == "leave" and value in inside:
            room.leave(value, now)
            inside[value] = now
        elif what == "wait":
            now += value
            room.sweep(now)
            inside = {u: t for u, t in inside.items() if t is None or now - t <= GRACE or t == 0.0}
        assert set(room.bodies) == set(inside)
        assert len(room.by_id) == len(inside) <= cap
        assert all(0 < number < len(room.rec) for number in room.by_id)


def test_the_stage_has_places_of_its_own():
    room = Room(cap=1)
    assert room.enter(1, 0, "", "", 0.0)
    assert room.enter(2, 0, "", "", 0.0) is None
    called = [room.enter(n, 0, "", "", 0.0, called=True) for n in range(2, RESERVE + 3)]
    assert [c is not None for c in called] == [True] * RESERVE + [False]


@given(
    st.lists(
        st.tuples(st.integers(-40_000, 40_000), st.integers(-40_000, 40_000), st.floats(0, 2)),
        max_size=20,
    )
)
def test_nobody_is_faster_than_allowed_or_out_of_bounds(claims):
    room, now = Room(cap=1), 100.0
    body = room.enter(1, 0, "", "", now)
    low_x, low_z, high_x, high_z = BOUNDS
    for x, z, passed in claims:
        old_x, old_z, _ = room.place(body)
        now += passed
        corrected = room.move(body, x, z, 7, 255, now)
        new_x, new_z, yaw = room.place(body)
        assert low_x <= new_x <= high_x
        assert low_z <= new_z <= high_z
        far = math.hypot(new_x - old_x, new_z - old_z)
        assert far <= SPEED * min(passed, 0.5) + SLACK + 1
        assert corrected == (math.hypot(new_x - x, new_z - z) > 50)
        assert (yaw, int(room.rec["flags"][body.id])) == (7, codec.AWAY | codec.MOVING)


def test_a_jump_is_declared_once_a_second_and_marked():
    room = Room(cap=1)
    body = room.enter(1, 0, "", "", 0.0)
    assert room.go(body, 9000, -9000, 0, 1.0, tick=5)
    assert room.place(body)[:2] == [9000, -9000]
    assert not room.go(body, 0, 0, 0, 1.5, tick=6)
    assert room.rec["flags"][body.id] & codec.JUMPED
    room.tick(16)
    assert not room.rec["flags"][body.id] & codec.JUMPED


@pytest.mark.parametrize("count", [1, 2, 30, 49])
def test_in_a_small_hall_everybody_sees_all_others(count):
    room = filled(count)
    room.tick(0)
    viewers = room.present()
    rows = room.seen(viewers, 20)
    assert [sorted(row) for row in rows] == [
        [v for v in range(1, count + 1) if v != own] for own in viewers
    ]
    assert sorted(room.seen_by_audience(20))[:48] == list(range(1, min(count, 48) + 1))


@pytest.mark.parametrize("rate", [20, 5, 2])
@pytest.mark.parametrize("count", [50, 96, 333])
def test_in_a_large_hall_the_nearest_and_everybody_in_turn(count, rate):
    room = filled(count, agencies=10_000)
    for tick in range(5):
        room.tick(tick)
    viewers = room.present()
    everybody = set(viewers.tolist())
    seen: dict[int, set[int]] = {v: set() for v in everybody}
    rounds = math.ceil(count / OTHERS)
    for _ in range(rounds):
        for viewer, row in zip(viewers.tolist(), room.seen(viewers, rate), strict=True):
            assert viewer not in row
            assert len(row) == NEAREST + OTHERS
            assert set(row[:NEAREST]) == nearest(room, viewer)
            seen[viewer] |= set(row.tolist())
    for viewer in everybody:
        assert seen[viewer] == everybody - {viewer}


def nearest(room: Room, viewer: int) -> set[int]:
    """By measuring every distance; ties do not occur in the drawn places."""
    x, z = room.rec["x"].astype(float), room.rec["z"].astype(float)
    others = [n for n in room.by_id if n != viewer]
    others.sort(key=lambda n: math.hypot(x[n] - x[viewer], z[n] - z[viewer]))
    return set(others[:NEAREST])


@settings(deadline=None)
@given(st.integers(60, 120), st.integers(0, 10**6))
def test_speaker_table_mates_and_own_agency_are_always_near(count, seed):
    room = filled(count, seed, agencies=20)
    draw = np.random.default_rng(seed)
    speaker = int(draw.integers(1, count + 1))
    seated = {int(u): 7 for u in draw.choice(np.arange(1, count + 1), 6, replace=False)}
    room.set_marks({speaker}, set(), seated)
    for tick in range(5):
        room.tick(tick)
    viewers = room.present()
    for row, viewer in zip(room.seen(viewers, 20), viewers.tolist(), strict=True):
        user = room.by_id[viewer].user
        near = {room.by_id[n].user for n in row[:NEAREST]}
        mates = {u for u in seated if user in seated} | {speaker}
        mates |= {b.user for b in room.bodies.values() if b.agency == room.bodies[user].agency}
        assert mates - {user} <= near
