"""Reading meetings: agenda, people, the running order, what was decided."""
