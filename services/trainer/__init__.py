"""Trainer: the feature rows of one bucket become findings: four models, consensus, patterns with evidence."""
