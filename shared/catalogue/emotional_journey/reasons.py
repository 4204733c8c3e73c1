"""Why features of emotional_journey may have no value, in the words of the documents."""

NO_FACE = "it could not be measured on any face"
NO_FACE_THERE = "it could not be measured on any face in the first or the last third"
NO_EXPRESSION = "no expression of a face was read"
NO_MUSIC = "music was not looked for"
