"""Declarations of creative_density: how much happens at once, and when.

Elements are cuts, texts, stretches of speech, gestures and appearances of a face; each counts once, when it begins
(what is there from the first moment begins then). Layers are what lasts: text, speech, face and hands. Graphics, objects, music
and expressions have columns of their own and take part in every pair, but not in the sums: they may not have been looked for.
"""

from shared.catalogue.creative_density.amount import CORE, OBJECTS, QUALITY
from shared.catalogue.creative_density.course import DYNAMICS
from shared.catalogue.creative_density.moments import KEY_EVENTS
from shared.catalogue.creative_density.patterns import PATTERNS
from shared.catalogue.creative_density.sections import told
from shared.catalogue.creative_density.together import INTERACTIONS
from shared.catalogue.section import by_block

FEATURES = told(by_block((*CORE, *DYNAMICS, *OBJECTS, *INTERACTIONS, *KEY_EVENTS, *PATTERNS, *QUALITY)))
