"""Declarations of emotional_journey: sound energy, look and expression over time; stand-ins for feelings are proxies."""

from shared.catalogue.emotional_journey import levels, moments

FEATURES = (*levels.FEATURES, *moments.FEATURES)
