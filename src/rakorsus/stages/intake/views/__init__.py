"""Pages of the import stage."""
