"""Acquisition: asks Apify or a local dataset, cleans, selects per bucket, stores the videos, freezes the plan."""
