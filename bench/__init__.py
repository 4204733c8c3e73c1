"""Measurements: seconds and ratios are printed, never asserted; counters are asserted in tests."""
