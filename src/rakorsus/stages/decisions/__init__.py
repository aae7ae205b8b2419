"""Decisions: what the meeting settled, as changes of the register."""
