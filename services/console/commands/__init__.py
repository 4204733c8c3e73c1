"""One file per command; each raises the errors of shared/errors.py and prints its result to stdout."""
