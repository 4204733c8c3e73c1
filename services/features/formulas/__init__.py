"""The formulas, some modules per analysis; importing this package binds them all to their declarations."""

from services.features.formulas import (
    density,
    density_course,
    density_moments,
    density_together,
    expression,
    feelings,
    look,
    metadata,
    mood,
    overlay_kinds,
    overlay_reading,
    overlay_style,
    overlay_sync,
    overlays,
    person,
    person_gaze,
    person_pose,
    posting,
    scene_camera,
    scene_pacing,
    scene_rhythm,
    sound,
    speech,
    speech_delivery,
    speech_words,
    timelines,
    transcript,
    wording,
)

MODULES = (
    density, density_course, density_moments, density_together, expression, feelings, look, metadata, mood,
    overlay_kinds, overlay_reading, overlay_style, overlay_sync, overlays, person, person_gaze, person_pose, posting,
    scene_camera, scene_pacing, scene_rhythm, sound, speech, speech_delivery, speech_words, timelines, transcript, wording,
)  # fmt: skip
