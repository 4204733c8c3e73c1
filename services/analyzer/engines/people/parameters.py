"""What decides the people engine's results, for its fingerprint; a change of meaning without a number raises its version."""

from services.analyzer.engines.people import (
    expression,
    faces,
    framing,
    hands,
    likeness,
    looking,
    models,
    movement,
    persons,
    pose,
    tracks,
    view,
)

RATE_HZ = 3.0
PARAMETERS = {
    "rate_hz": RATE_HZ,
    "faces": [models.CROP, models.PORTRAIT, models.SAME_FACE, models.PART_OF_FACE, models.NEAR_CONFIDENCE, models.AGAIN],
    "most": [looking.MAX_MESHES, looking.MAX_AGAIN],
    "pose": [models.POSE_CONFIDENCE, pose.MIN_VISIBILITY, pose.BODY, pose.NOSE_OFF, pose.SHOULDERS_BELOW],
    "hands": [models.MAX_HANDS, pose.MIN_WRIST, pose.ARMS, hands.RAISED, hands.THUMB_OUT, hands.ROUND, hands.GRIP, hands.EDGE],
    "waving": [movement.MAX_GAP_S, movement.OPEN_FINGERS, movement.SWING, movement.TURNS, movement.WAVE_S],
    "counting": [movement.STEPS, movement.HELD, movement.COUNT_S],
    "expression": [expression.LANDMARKS, expression.BLENDSHAPES, faces.MAX_YAW_DEG],
    "gaze": [faces.EYE_TURN, faces.MIN_EYE_PX],
    "framing": [framing.HEAD, framing.CLOSE_HEADS, framing.MEDIUM_HEADS],
    "view": [view.CUT, view.SAME, view.SURE],
    "tracks": [tracks.MAX_AGE_S, tracks.MIN_OVERLAP, tracks.MAX_SHIFT, looking.STAYS_MAIN, looking.SAME_PERSON],
    "persons": [persons.SAME_FACE, persons.LOOKS, likeness.MIN_EYES_PX, likeness.MAX_YAW_DEG],
}
