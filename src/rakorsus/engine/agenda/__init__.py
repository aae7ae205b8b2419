"""Schedules of a meeting day, by constraint programming (OR-Tools CP-SAT, the extra `solver`).

`plan.plan` plans a whole `day.Day` of sessions with presentations and desks, `plan.replan` plans it
again with the least change after a no-show, an overrun or a dragged item, `trials` says what other
ends, lengths or tables would cost, `reasons` why something could not fit, `groups` in which order
agencies present. Beneath them `desks` decides which findings get a desk and when, and `talks` how
long each presentation lasts so that the evening ends on time. All say objective, bound and what
did not fit. OR-Tools is imported when a schedule is asked for, not before.
"""
