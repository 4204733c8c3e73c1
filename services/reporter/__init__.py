"""Reporter: findings become branded documents and their machine-readable evidence."""
