"""Reading what is public, what is being written, and what was agreed."""
