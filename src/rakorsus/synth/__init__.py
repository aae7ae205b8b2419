"""Synthetic data: the demonstration city (Makassar 2022) and lines in bulk for load tests."""
