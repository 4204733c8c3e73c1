"""Declarations of visual_overlay_analysis: the texts, stickers and inserts that the editor put on the video.

Lettering in the filmed world (a sign, a label) is not an overlay: where the text engine tells it apart, it counts only in the
features that name it.
"""

from shared.catalogue.section import by_block
from shared.catalogue.visual_overlay_analysis import amount, moments, style

FEATURES = by_block((*amount.FEATURES, *moments.FEATURES, *style.FEATURES))
