"""The installation under faults: `python -m tests.faults`."""
