"""Follow-up: who does what by when, early warnings, report cards."""
