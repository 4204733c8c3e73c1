"""Declarations of person_framing: key moments, place in the frame, gaze, gestures, clarity (KeyEvents, Patterns, Quality)."""

from shared.catalogue.feature import Analysis, Block, Source, Unit
from shared.catalogue.person_framing.reasons import NO_ANGLES, NO_FACE, NO_GAZE, NO_GAZE_OF_A_FACE, NO_HAND, NO_SIZE
from shared.catalogue.section import Section

_events = Section(Analysis.PERSON_FRAMING, Block.KEY_EVENTS, (Source.PEOPLE,))
_patterns = Section(Analysis.PERSON_FRAMING, Block.PATTERNS, (Source.PEOPLE,))
_quality = Section(Analysis.PERSON_FRAMING, Block.QUALITY, (Source.PEOPLE,))

FEATURES = (
    _events.seconds(
        "person_first_face_s", "First face", "Time at which a face first is in the picture.", undefined=NO_FACE,
        higher="Hold back the face", lower="Show a face sooner",
    ),
    _events.share(
        "person_hook_close_up_share", "Hook with a large face",
        "Share of the hook in close-up by the face alone: the main face is at least a quarter of the frame's height.",
        higher="Open with the face large", lower="Open from further away",
    ),
    _events.share(
        "person_largest_face_position", "Position of the largest face",
        "First time of the largest main face divided by the duration.", undefined=NO_FACE,
        higher="Come closest late in the video", lower="Come closest early in the video",
    ),
    _events.seconds(
        "person_first_gesture_s", "First gesture", "Start of the first recognized gesture.", undefined="no gesture is seen",
        higher="Hold back the first gesture", lower="Gesture sooner",
    ),
    _events.seconds(
        "person_first_gaze_s", "First look into the camera",
        "Time at which the main face first looks into the camera (within 10 degrees).",
        undefined="no gaze was measured, or nobody looks into the camera",
        higher="Hold back the first look into the camera", lower="Look into the camera sooner",
    ),
    _events.seconds(
        "person_longest_gaze_s", "Longest look into the camera",
        "Longest stretch in which the main face looks into the camera (within 10 degrees), 0 without one; breaks up to 0.75 s "
        "go on.", undefined=NO_GAZE_OF_A_FACE,
        higher="Hold your look into the camera", lower="Look away from time to time",
    ),
    _events.seconds(
        "person_second_entry_s", "Second person", "Time at which a second person first is in the picture.",
        undefined="people were not followed over time, or fewer than two come into the picture",
        higher="Bring in the second person later", lower="Bring in the second person sooner",
    ),
    _events.count(
        "person_late_entry_count", "People who come after the hook",
        "Number of people who first are in the picture after the hook.",
        "people", undefined="people were not followed over time",
        higher="Bring in new people after the opening", lower="Show everyone in the first 3 seconds",
    ),
    _events.choice(
        "person_hook_framing", "Framing of the hook",
        "What lasts longest in the hook: no person, close_up (head and shoulders), medium (to the waist) or full.",
        ("none", "full", "medium", "close_up"), undefined=NO_SIZE,
        higher="Open with this framing: {option}", lower="Do not open with this framing: {option}",
    ),
    _patterns.choice(
        "person_shot_size", "Usual size of the face",
        "The shot size by the face alone that lasts longest: close (face from 25 % of the frame's height), medium (from 12 %), "
        "wide (below) or no_face.",
        ("no_face", "wide", "medium", "close"),
        higher="Film the face mainly at this size: {option}", lower="Do not film the face mainly at this size: {option}",
    ),
    _patterns.choice(
        "person_place", "Usual place of the face",
        "The third of the frame's width in which the main face's centre is longest; none without a face.",
        ("none", "left", "centre", "right"),
        higher="Place the face here: {option}", lower="Do not place the face here: {option}",
    ),
    _patterns.share(
        "person_off_centre", "Distance of the face from the middle",
        "Mean horizontal distance of the main face's centre from the middle of the frame, in frame widths.", undefined=NO_FACE,
        higher="Place the face to a side", lower="Centre the face",
    ),
    _patterns.share(
        "person_face_position_y", "Distance of the face from the top",
        "Mean vertical position of the main face's centre, in frame heights from the top: 0 at the top, 1 at the bottom.",
        undefined=NO_FACE,
        higher="Place the face lower in the frame", lower="Place the face higher in the frame",
    ),
    _patterns.share(
        "person_facing_camera_proxy", "Facing the camera (proxy)",
        "Share of the time with a measured head pose in which the main face is turned at most 15 degrees sideways and up or "
        "down: head pose, not gaze.", undefined=NO_ANGLES,
        higher="Face the camera", lower="Look away from the camera at times",
    ),
    _patterns.number(
        "person_yaw_mean", "Head turned sideways", "Mean absolute sideways turn of the main face.", unit=Unit.DEGREES, low=0.0,
        high=180.0, undefined=NO_ANGLES,
        higher="Turn your head to the side", lower="Keep your head straight to the camera",
    ),
    _patterns.number(
        "person_tilt_mean", "Head tilt", "Mean absolute tilt of the main face.", unit=Unit.DEGREES, low=0.0, high=180.0,
        undefined=NO_ANGLES,
        higher="Tilt your head", lower="Keep your head upright",
    ),
    _patterns.count(
        "person_gesture_count", "Gestures",
        "Number of stretches with a recognized gesture; a gesture missed for 0.75 s or less goes on.", "gestures",
        higher="Gesture more often", lower="Gesture less often",
    ),
    _patterns.count(
        "person_gesture_kinds", "Kinds of gestures", "Number of different recognized gestures.", "kinds",
        higher="Use different gestures", lower="Stay with one gesture",
    ),
    _patterns.share(
        "person_open_palm_share", "Open palm", "Share of the time with hands in which an open palm is seen.",
        undefined=NO_HAND,
        higher="Show an open palm", lower="Avoid the open palm",
    ),
    _patterns.share(
        "person_pointing_share", "Pointing", "Share of the time with hands in which a hand points.", undefined=NO_HAND,
        higher="Point at things", lower="Avoid pointing",
    ),
    _patterns.share(
        "person_thumbs_up_share", "Thumbs up", "Share of the time with hands in which a thumb is up.", undefined=NO_HAND,
        higher="Give a thumbs up", lower="Avoid the thumbs up",
    ),
    _patterns.share(
        "person_fist_share", "Fist", "Share of the time with hands in which a fist is seen.", undefined=NO_HAND,
        higher="Show a fist", lower="Open your fist",
    ),
    _patterns.share(
        "person_victory_share", "Victory sign", "Share of the time with hands in which a victory sign is seen.",
        undefined=NO_HAND,
        higher="Show two fingers", lower="Avoid the two-finger sign",
    ),
    _patterns.share(
        "person_both_hands_share", "Both hands", "Share of the time with hands in which at least two are seen.",
        undefined=NO_HAND,
        higher="Use both hands", lower="Use one hand",
    ),
    _patterns.share(
        "person_hands_raised_share", "Hands raised",
        "Of the time in which a body is seen well enough to tell, the share in which somebody's hands are raised.",
        undefined="no body is seen well enough",
        higher="Raise your hands", lower="Keep your hands down",
    ),
    _patterns.share(
        "person_gaze_share", "Looking into the camera",
        "Share of the time with a measured gaze in which the main face looks into the camera (within 10 degrees).",
        undefined=NO_GAZE,
        higher="Look into the camera", lower="Look at what you show rather than into the camera",
    ),
    _patterns.share(
        "person_main_share", "Share of the main person",
        "Share of the summed time of all followed people that belongs to the one followed longest.",
        undefined="people were not followed over time, or nobody is in the picture",
        higher="Let one person carry the video", lower="Share the time between people",
    ),
    _patterns.share(
        "person_counting_share", "Counting on fingers", "Share of the time with hands in which fingers count.",
        undefined=NO_HAND,
        higher="Count your points on your fingers", lower="Do not count on your fingers",
    ),
    _patterns.share(
        "person_waving_share", "Waving", "Share of the time with hands in which a hand waves.", undefined=NO_HAND,
        higher="Wave to the viewers", lower="Do not wave",
    ),
    _patterns.share(
        "person_holding_share", "Holding something", "Share of the time with hands in which a hand holds something.",
        undefined=NO_HAND,
        higher="Hold things up", lower="Keep your hands free",
    ),
    _quality.share(
        "person_face_confidence_proxy", "Clarity of the face (proxy)",
        "Mean confidence of the face detector for the main face: a proxy for light and sharpness.", undefined=NO_FACE,
        higher="Light the face well and keep it in focus", lower="The face need not be perfectly lit",
    ),
    _quality.share(
        "person_face_cropped_share", "Face cut off by the frame",
        "Share of the time with a face in which the main face's box is within 1 % of an edge of the frame.", undefined=NO_FACE,
        higher="Let the face leave the frame in part", lower="Keep the whole face inside the frame",
    ),
    _quality.share(
        "person_headroom", "Headroom", "Mean distance from the top of the frame to the top of the main face, in frame heights.",
        undefined=NO_FACE,
        higher="Leave more room above the head", lower="Leave less room above the head",
    ),
)  # fmt: skip
