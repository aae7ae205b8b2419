"""Schedules of a meeting day, by constraint programming (OR-Tools CP-SAT, the extra `solver`).

`desks.arrange` decides which findings get a desk and when; `talks.arrange` how long each
presentation lasts so that the evening ends on time. Both always say objective, bound and what did
not fit. OR-Tools is imported when a schedule is asked for, not before.
"""
