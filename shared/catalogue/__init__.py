"""The feature registry: the only place a feature is named."""
