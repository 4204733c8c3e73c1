"""Traces a number back to the seconds of video it came from."""
