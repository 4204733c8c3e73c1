"""Declarations of person_framing: who is in the picture, how large, and with what (CoreMetrics, Dynamics, Interactions)."""

from shared.catalogue.feature import Analysis, Block, Source
from shared.catalogue.person_framing.reasons import NO_FACE, NO_GAZE_OF_A_FACE, NO_HAND, NO_SIZE
from shared.catalogue.section import Section

_core = Section(Analysis.PERSON_FRAMING, Block.CORE, (Source.PEOPLE,))
_dynamics = Section(Analysis.PERSON_FRAMING, Block.DYNAMICS, (Source.PEOPLE,))
_interactions = Section(Analysis.PERSON_FRAMING, Block.INTERACTIONS, (Source.PEOPLE,))

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
        undefined=NO_FACE,
        higher="Come closer to the camera", lower="Move away from the camera",
    ),
    _core.share(
        "person_face_area_max", "Largest face", "Largest area of a face as a fraction of the frame, 0 without a face.",
        higher="Include one shot very close to the face", lower="Never come very close to the camera",
    ),
    _core.share(
        "person_close_up_share", "Time with a large face",
        "Share of the duration in close-up by the face alone: the main face is at least a quarter of the frame's height.",
        higher="Bring the face closer, to a quarter of the frame's height or more", lower="Film the face smaller",
    ),
    _core.share(
        "person_wide_share", "Time with a small face",
        "Share of the duration in wide shots by the face alone: there is one, and it is under 12 % of the frame's height.",
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
        "person_count", "People",
        "Number of people, followed over time and, where their faces allow it, across cuts.", "people",
        undefined="people were not followed over time",
        higher="Bring more people into the video", lower="Keep to fewer people",
    ),
    _core.share(
        "person_framed_close_up_share", "Framed to the shoulders",
        "Share of the duration in close-up by the body: the picture shows the largest person's head and shoulders.",
        undefined=NO_SIZE,
        higher="Show more head and shoulders", lower="Show more than head and shoulders",
    ),
    _core.share(
        "person_framed_medium_share", "Framed to the waist",
        "Share of the duration in medium framing by the body: the picture shows the largest person down to about the waist, "
        "however large the face is.", undefined=NO_SIZE,
        higher="Frame people to the waist", lower="Frame people closer or wider than to the waist",
    ),
    _core.share(
        "person_framed_full_share", "Framed in full",
        "Share of the duration in which the picture shows the largest person's whole body, or most of it.", undefined=NO_SIZE,
        higher="Show the whole body", lower="Come closer than the whole body",
    ),
    _dynamics.positive(
        "person_face_area_variation", "Variation of face size",
        "Standard deviation of the main face's area divided by its mean, both weighted by time.", undefined=NO_FACE,
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
        "Standard deviation over time of the main face's horizontal centre from its mean within the same shot and person, in "
        "frame widths.", also=(Source.SCENES,), undefined=NO_FACE,
        higher="Move sideways within the frame", lower="Keep your face in one place",
    ),
    _dynamics.share(
        "person_sway_y", "Up and down movement of the face",
        "Standard deviation over time of the main face's vertical centre from its mean within the same shot and person, in "
        "frame heights.", also=(Source.SCENES,), undefined=NO_FACE,
        higher="Move up and down within the frame", lower="Keep your face at one height",
    ),
    _dynamics.count(
        "person_shot_size_changes", "Changes of the face's size",
        "Number of changes of the shot size by the face: close (from 25 % of the frame's height), medium (from 12 %), wide and "
        "no face; sizes held for less than 0.75 s are skipped.", "changes",
        higher="Change the size of the face more often", lower="Keep the face at one size",
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
    _dynamics.per_10_s(
        "person_framing_changes_per_10s", "Changes of framing",
        "Changes between close-up, waist and full body of the largest person divided by the duration, times ten; sizes held "
        "for less than 0.75 s are skipped.", noun="changes", undefined=NO_SIZE,
        higher="Alternate between close and wide framing", lower="Keep one framing",
    ),
    _dynamics.per_10_s(
        "person_looks_per_10s", "Looks into the camera",
        "Number of stretches in which the main face looks into the camera (within 10 degrees; breaks up to 0.75 s go on) "
        "divided by the duration, times ten.", noun="looks", undefined=NO_GAZE_OF_A_FACE,
        higher="Look away and back into the camera", lower="Hold your look into the camera, or keep it away",
    ),
    _interactions.share(
        "person_face_while_speech_share", "Face while someone speaks", "Share of the speech in which a face is in the picture.",
        also=(Source.SPEECH,), undefined="nobody speaks",
        higher="Show the face while speaking", lower="Speak over other pictures",
    ),
    _interactions.share(
        "person_hands_with_speech_share", "Hands while someone speaks",
        "Of the time with hands (not of the speech, nor of the duration), the share in which someone speaks.",
        also=(Source.SPEECH,), undefined=NO_HAND,
        higher="Use your hands while you speak", lower="Use your hands while nobody speaks",
    ),
    _interactions.share(
        "person_hands_with_face_share", "Hands together with a face",
        "Share of the time with hands in which a face is in the picture too.", undefined=NO_HAND,
        higher="Show hands and face together", lower="Show hands without the face",
    ),
    _interactions.share(
        "person_gesture_on_text_share", "Gestures with a new text",
        "Share of the gestures that begin at most 0.5 s from the start of a text on screen.", also=(Source.TEXT,),
        undefined="no gesture is seen",
        higher="Gesture as a new text appears", lower="Keep gestures apart from new texts",
    ),
    _interactions.share(
        "person_face_after_cut_share", "Cuts to a face",
        "Share of the cuts to a looked-at shot in which a face is in the first looked-at frame after the cut.",
        also=(Source.SCENES,), undefined="nothing is cut, or no shot after a cut was looked at",
        higher="Cut to faces", lower="Cut to things other than faces",
    ),
    _interactions.share(
        "person_gaze_in_speech_share", "Looking into the camera while someone speaks",
        "Share of the speech with a measured gaze in which the main face looks into the camera (within 10 degrees).",
        also=(Source.SPEECH,), undefined="nobody speaks while a gaze is measured",
        higher="Look into the camera while you speak", lower="Look at the subject while you speak",
    ),
    _interactions.share(
        "person_reframed_cut_share", "Cuts that change the framing",
        "Share of the cuts from person to person that change between close-up, waist and full body, from the last looked-at "
        "frame before the cut to the first one after it, each within its shot.",
        also=(Source.SCENES,), undefined="sizes were not determined, or no cut goes from person to person",
        higher="Change between close and wide at each cut", lower="Keep the framing across cuts",
    ),
    _interactions.share(
        "person_gesture_in_speech_share", "Gestures while someone speaks",
        "Share of the time with a recognized gesture in which someone speaks.", also=(Source.SPEECH,),
        undefined="no gesture is seen",
        higher="Gesture while you speak", lower="Gesture in the pauses",
    ),
    _interactions.share(
        "person_pointing_with_text_share", "Pointing while text is on screen",
        "Share of the time in which a hand points that has text on screen.", also=(Source.TEXT,), undefined="no hand points",
        higher="Point when there is text to point at", lower="Point at things rather than at text",
    ),
)  # fmt: skip
