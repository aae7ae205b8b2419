"""Operating an installation: backup and restore, health, metrics, and what is wrong with it."""
