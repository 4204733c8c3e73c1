"""Ends as a service does that met a bug."""

import sys

print("paused at this message")
sys.exit(3)
