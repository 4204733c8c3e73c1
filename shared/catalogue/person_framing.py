"""Declarations of person_framing: who is in the picture, how large, where, and what hands and head do."""

from shared.catalogue.feature import Analysis, Block, Source, Unit
from shared.catalogue.section import Section

_NO_FACE = "no face is seen"
_NO_HAND = "no hand is seen"
_NO_ANGLES = "no face has a measured head pose"
_core, _dynamics, _interactions, _events, _patterns, _quality = (
    Section(Analysis.PERSON_FRAMING, block, (Source.PEOPLE,)) for block in Block
)

FEATURES = (
    _core.share(
        "person_face_share", "Time with a face", "Share of the duration with at least one face in the picture.",
        higher="Show a face for more of the video", lower="Show faces for less of the video",
    ),
    _core.share(
        "person_body_share", "Time with a body", "Share of the duration with a body in the picture.",
        higher="Show a body for more of the video", lower="Show bodies for less of the video",
    ),
    _core.share(
        "person_hands_share", "Time with hands", "Share of the duration with at least one hand in the picture.",
        higher="Show your hands more", lower="Show your hands less",
    ),
    _core.share(
        "person_face_area_mean", "Face size", "Mean area of the main (largest) face as a fraction of the frame.",
        undefined=_NO_FACE,
        higher="Come closer to the camera", lower="Move away from the camera",
    ),
    _core.share(
        "person_face_area_max", "Largest face", "Largest area of a face as a fraction of the frame, 0 without a face.",
        higher="Include one shot very close to the face", lower="Never come very close to the camera",
    ),
    _core.share(
        "person_close_up_share", "Time in close-up",
        "Share of the duration in which the main face is at least a quarter of the frame's height.",
        higher="Film more in close-up", lower="Film less in close-up",
    ),
    _core.share(
        "person_wide_share", "Time in wide shots with a face",
        "Share of the duration in which there is a face and the main face is under 12 % of the frame's height.",
        higher="Film more from a distance", lower="Film less from a distance",
    ),
    _core.count(
        "person_max_faces", "Faces at once", "Largest number of faces in one looked-at frame.", "faces",
        higher="Show more people together", lower="Show one person at a time",
    ),
    _core.share(
        "person_group_share", "Time with two or more faces", "Share of the duration with at least two faces in the picture.",
        higher="Show two or more people together", lower="Show one person only",
    ),
    _core.count(
        "person_track_count", "Faces in turn",
        "Number of face tracks: a face that leaves or is cut away and comes back counts again.", "face tracks",
        higher="Let more faces come and go", lower="Stay with one face",
    ),
    _dynamics.positive(
        "person_face_area_variation", "Variation of face size",
        "Standard deviation of the main face's area divided by its mean, both weighted by time.", undefined=_NO_FACE,
        higher="Vary the distance to the camera", lower="Keep the same distance to the camera",
    ),
    _dynamics.change(
        "person_face_share_trend", "Change of time with a face",
        "Share of the last third with a face minus that of the first third.",
        higher="Show the face more towards the end", lower="Show the face mainly at the start",
    ),
    _dynamics.number(
        "person_face_area_trend", "Change of face size",
        "Mean area of the main face in the last third minus that in the first third.", low=-1.0, high=1.0,
        undefined="the first or the last third has no face",
        higher="Come closer towards the end", lower="Start close and move away",
    ),
    _dynamics.share(
        "person_sway_x", "Sideways movement of the face",
        "Standard deviation over time of the main face's horizontal centre, in frame widths.", undefined=_NO_FACE,
        higher="Move sideways within the frame", lower="Keep your face in one place",
    ),
    _dynamics.share(
        "person_sway_y", "Up and down movement of the face",
        "Standard deviation over time of the main face's vertical centre, in frame heights.", undefined=_NO_FACE,
        higher="Move up and down within the frame", lower="Keep your face at one height",
    ),
    _dynamics.count(
        "person_shot_size_changes", "Changes of shot size",
        "Number of changes between close, medium, wide and no face; sizes held for less than 0.75 s are skipped.", "changes",
        higher="Change the shot size more often", lower="Keep one shot size",
    ),
    _dynamics.count(
        "person_face_visits", "Appearances of a face",
        "Number of stretches with a face; a face missed for 0.75 s or less has not left.", "appearances",
        higher="Alternate between the face and other pictures", lower="Stay on the face, or leave it out",
    ),
    _dynamics.seconds(
        "person_longest_absence_s", "Longest time without a face", "Longest stretch of the video without a face.",
        higher="Leave a longer stretch without a face", lower="Come back to the face sooner",
    ),
    _interactions.share(
        "person_face_while_speech_share", "Face while someone speaks", "Share of the speech in which a face is in the picture.",
        also=(Source.SPEECH,), undefined="nobody speaks",
        higher="Show the face while speaking", lower="Speak over other pictures",
    ),
    _interactions.share(
        "person_hands_with_speech_share", "Hands while someone speaks", "Share of the time with hands in which someone speaks.",
        also=(Source.SPEECH,), undefined=_NO_HAND,
        higher="Use your hands while you speak", lower="Use your hands while nobody speaks",
    ),
    _interactions.share(
        "person_hands_with_face_share", "Hands together with a face",
        "Share of the time with hands in which a face is in the picture too.", undefined=_NO_HAND,
        higher="Show hands and face together", lower="Show hands without the face",
    ),
    _interactions.share(
        "person_gesture_on_text_share", "Gestures with a new text",
        "Share of the gestures that begin at most 0.5 s from the start of a text on screen.", also=(Source.TEXT,),
        undefined="no gesture is seen",
        higher="Gesture as a new text appears", lower="Keep gestures apart from new texts",
    ),
    _interactions.share(
        "person_face_after_cut_share", "Cuts to a face", "Share of the cuts after which a face is in the picture 0.25 s later.",
        also=(Source.SCENES,), undefined="nothing is cut",
        higher="Cut to faces", lower="Cut to things other than faces",
    ),
    _events.seconds(
        "person_first_face_s", "First face", "Time at which a face first is in the picture.", undefined=_NO_FACE,
        higher="Hold back the face", lower="Show a face sooner",
    ),
    _events.share(
        "person_hook_face_share", "Hook with a face", "Share of the hook with a face in the picture.",
        higher="Show a face during the first 3 seconds", lower="Open without a face",
    ),
    _events.share(
        "person_closing_face_share", "Closing with a face", "Share of the closing with a face in the picture.",
        higher="Show a face during the last 3 seconds", lower="Close without a face",
    ),
    _events.share(
        "person_hook_hands_share", "Hook with hands", "Share of the hook with a hand in the picture.",
        higher="Show your hands during the first 3 seconds", lower="Open without hands in the picture",
    ),
    _events.share(
        "person_hook_close_up_share", "Hook in close-up",
        "Share of the hook in which the main face is at least a quarter of the frame's height.",
        higher="Open in close-up", lower="Open from further away",
    ),
    _events.share(
        "person_largest_face_position", "Position of the largest face",
        "First time of the largest main face divided by the duration.", undefined=_NO_FACE,
        higher="Come closest late in the video", lower="Come closest early in the video",
    ),
    _events.seconds(
        "person_first_gesture_s", "First gesture", "Start of the first recognized gesture.", undefined="no gesture is seen",
        higher="Hold back the first gesture", lower="Gesture sooner",
    ),
    _patterns.choice(
        "person_shot_size", "Usual shot size",
        "What lasts longest: close (face from 25 % of the frame's height), medium (from 12 %), wide (below) or no_face.",
        ("no_face", "wide", "medium", "close"),
        higher="Use mainly this shot size: {option}", lower="Avoid mainly this shot size: {option}",
    ),
    _patterns.choice(
        "person_place", "Usual place of the face",
        "The third of the frame's width in which the main face's centre is longest; none without a face.",
        ("none", "left", "centre", "right"),
        higher="Place the face here: {option}", lower="Do not place the face here: {option}",
    ),
    _patterns.share(
        "person_off_centre", "Distance of the face from the middle",
        "Mean horizontal distance of the main face's centre from the middle of the frame, in frame widths.", undefined=_NO_FACE,
        higher="Place the face to a side", lower="Centre the face",
    ),
    _patterns.share(
        "person_face_height_in_frame", "Height of the face in the frame",
        "Mean vertical centre of the main face, 0 at the top and 1 at the bottom of the frame.", undefined=_NO_FACE,
        higher="Place the face lower in the frame", lower="Place the face higher in the frame",
    ),
    _patterns.share(
        "person_facing_camera_proxy", "Facing the camera (proxy)",
        "Share of the time with a measured head pose in which the main face is turned at most 15 degrees sideways and up or "
        "down: head pose, not gaze.", undefined=_NO_ANGLES,
        higher="Face the camera", lower="Look away from the camera at times",
    ),
    _patterns.number(
        "person_yaw_mean", "Head turned sideways", "Mean absolute sideways turn of the main face.", unit=Unit.DEGREES, low=0.0,
        high=180.0, undefined=_NO_ANGLES,
        higher="Turn your head to the side", lower="Keep your head straight to the camera",
    ),
    _patterns.number(
        "person_tilt_mean", "Head tilt", "Mean absolute tilt of the main face.", unit=Unit.DEGREES, low=0.0, high=180.0,
        undefined=_NO_ANGLES,
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
        undefined=_NO_HAND,
        higher="Show an open palm", lower="Avoid the open palm",
    ),
    _patterns.share(
        "person_pointing_share", "Pointing", "Share of the time with hands in which a hand points.", undefined=_NO_HAND,
        higher="Point at things", lower="Avoid pointing",
    ),
    _patterns.share(
        "person_thumbs_up_share", "Thumbs up", "Share of the time with hands in which a thumb is up.", undefined=_NO_HAND,
        higher="Give a thumbs up", lower="Avoid the thumbs up",
    ),
    _patterns.share(
        "person_fist_share", "Fist", "Share of the time with hands in which a fist is seen.", undefined=_NO_HAND,
        higher="Close your hand, or hold something", lower="Open your hand",
    ),
    _patterns.share(
        "person_victory_share", "Victory sign", "Share of the time with hands in which a victory sign is seen.",
        undefined=_NO_HAND,
        higher="Show two fingers", lower="Avoid the two-finger sign",
    ),
    _patterns.share(
        "person_both_hands_share", "Both hands", "Share of the time with hands in which at least two are seen.",
        undefined=_NO_HAND,
        higher="Use both hands", lower="Use one hand",
    ),
    _patterns.share(
        "person_hands_raised_share", "Hands raised",
        "Share of the time in which it could be told that some body raises its hands.", undefined="no body is seen well enough",
        higher="Raise your hands", lower="Keep your hands down",
    ),
    _quality.share(
        "person_face_confidence", "Clarity of the face (proxy)",
        "Mean confidence of the face detector for the main face: a proxy for light and sharpness.", undefined=_NO_FACE,
        higher="Light the face well and keep it in focus", lower="The face need not be perfectly lit",
    ),
    _quality.share(
        "person_face_cropped_share", "Face cut off by the frame",
        "Share of the time with a face in which the main face's box is within 1 % of an edge of the frame.", undefined=_NO_FACE,
        higher="Let the face leave the frame in part", lower="Keep the whole face inside the frame",
    ),
    _quality.share(
        "person_headroom", "Headroom", "Mean distance from the top of the frame to the top of the main face, in frame heights.",
        undefined=_NO_FACE,
        higher="Leave more room above the head", lower="Leave less room above the head",
    ),
)  # fmt: skip
