"""Console: the ops' command line; it owns no domain logic."""
