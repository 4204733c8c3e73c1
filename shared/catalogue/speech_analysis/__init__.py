"""Declarations of speech_analysis: when someone speaks and, where a recognizer ran, what they say and how fast."""

from shared.catalogue.section import by_block
from shared.catalogue.speech_analysis import delivery, stretches

FEATURES = by_block((*stretches.FEATURES, *delivery.FEATURES))
