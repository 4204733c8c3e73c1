"""Why features of person_framing may have no value, in the words of the documents."""

NO_FACE = "no face is seen"
NO_HAND = "no hand is seen"
NO_ANGLES = "no face has a measured head pose"
NO_GAZE = "no gaze was measured"
NO_GAZE_OF_A_FACE = "there are faces, but no gaze was measured"
NO_SIZE = "how much of a person the picture shows was not determined"
