"""Pages of the findings."""
