"""Declarations of person_framing: who is in the picture, how large, where, and what hands, head and eyes do."""

from shared.catalogue.person_framing import manner, presence, timelines
from shared.catalogue.section import by_block

FEATURES = by_block((*presence.FEATURES, *timelines.FEATURES, *manner.FEATURES))
