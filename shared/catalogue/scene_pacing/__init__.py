"""Declarations of scene_pacing: how the video is cut, in what rhythm, and how the camera moves.

A cut is every change from one shot to the next, by plain cut, fade or dissolve.
"""

from shared.catalogue.scene_pacing import camera, cutting, rhythm, transitions
from shared.catalogue.section import by_block

FEATURES = by_block((*cutting.FEATURES, *rhythm.FEATURES, *transitions.FEATURES, *camera.FEATURES))
