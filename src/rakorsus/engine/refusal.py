"""Why a rule says nothing about two lines: the first of its conditions that fails."""

from __future__ import annotations

from enum import StrEnum


class Refusal(StrEnum):
    """A condition of a rule about pairs that did not hold."""

    NOT_LIVE = "not_live"  # failed, cancelled or without money
    SAME_WORK = "same_work"  # plan, announcement and contract of one package
    ONE_HOUSE = "one_house"  # one agency, or an agency and its unit
    TWO_HOUSES = "two_houses"  # the rule looks inside one agency
    OTHER_GOVERNMENT = "other_government"
    OTHER_LEVEL = "other_level"
    NOT_BUILT = "not_built"  # nothing is built or mended on the ground
    LOTS = "lots"  # numbered lots of one purchase
    APART = "apart"  # the places do not meet closely enough
    OTHER_TIME = "other_time"  # firm periods that do not meet
    WEAK_DATES = "weak_dates"  # a period that says nothing
    OTHER_OBJECT = "other_object"
    VAGUE = "vague"  # one of two agencies does not say what it builds
    NO_SURFACE = "no_surface"  # no work of a class that closes, digs or lays
    OPEN = "open"  # neither closes the street
    ONE_KIND = "one_kind"  # stretches of one programme of works
    HARMLESS = "harmless"  # together, but they do not disturb each other
    FAR_IN_TIME = "far_in_time"  # longer apart than moratorium or joint works ask
    NO_STEP = "no_step"  # not a step in the life of an object
    SAME_STEP = "same_step"
    IN_ORDER = "in_order"
    NOT_ASKED = "not_asked"  # support, series, overhead, too small or a standard task
    OTHER_SUBJECT = "other_subject"
    OTHER_SERVICE = "other_service"
    OTHER_ENTRY = "other_entry"  # agency, document, code or name differ
    THREE = "three"  # the rule looks at three agencies or more
    NOT_TAUGHT = "not_taught"  # no answer has taken the words of the two titles for one
    SAID = "said"  # another rule says it already
    OTHER_TWIN = "other_twin"  # name, description or amount differ, or the amount says nothing
