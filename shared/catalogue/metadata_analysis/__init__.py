"""Declarations of metadata_analysis: what is known before posting. Outcomes (views, likes, ...) are no features."""

from shared.catalogue.metadata_analysis import amounts, manner

FEATURES = (*amounts.FEATURES, *manner.FEATURES)
