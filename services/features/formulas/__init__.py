"""The formulas, some modules per analysis; importing this package binds them all to their declarations."""

from services.features.formulas import (
    density,
    expression,
    look,
    metadata,
    overlay_kinds,
    overlay_reading,
    overlay_style,
    overlay_sync,
    overlays,
    person,
    person_gaze,
    person_pose,
    posting,
    scene_pacing,
    sound,
    speech,
    transcript,
)

MODULES = (
    density, expression, look, metadata, overlay_kinds, overlay_reading, overlay_style, overlay_sync, overlays, person,
    person_gaze, person_pose, posting, scene_pacing, sound, speech, transcript,
)  # fmt: skip
