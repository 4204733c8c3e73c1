"""Declarations of emotional_journey: sound energy, look and expression over time; stand-ins for feelings are proxies."""

from shared.catalogue.emotional_journey import levels, moments, timelines
from shared.catalogue.section import by_block

FEATURES = by_block((*levels.FEATURES, *timelines.FEATURES, *moments.FEATURES))
