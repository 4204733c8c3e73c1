"""What decides the people engine's results, for its fingerprint; a change of meaning without a number raises its version."""

from services.analyzer.engines.people import (
    body,
    expression,
    faces,
    finder,
    framing,
    hands,
    likeness,
    looking,
    models,
    movement,
    persons,
    pose,
    ssd,
    tracks,
    view,
)

RATE_HZ = 3.0
PARAMETERS = {
    "rate_hz": RATE_HZ,
    "faces": [finder.FULL_CONFIDENCE, finder.NEAR_CONFIDENCE, finder.AGAIN_CONFIDENCE, finder.AGAIN, models.CROP],
    "maybe": [finder.MAYBE, finder.NEAR_MAYBE, finder.CONFIRMED, finder.MAX_MAYBE],
    "one_face": [finder.PORTRAIT, finder.SAME_FACE, finder.PART_OF_FACE, ssd.SAME_THING],
    "most": [looking.MAX_MESHES, looking.MAX_AGAIN],
    "every": [looking.SEARCH_EVERY, looking.BODY_EVERY],
    "pose": [body.CONFIDENCE, body.PRESENT, pose.MIN_VISIBILITY, pose.BODY, pose.NOSE_OFF, pose.SHOULDERS_BELOW],
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
