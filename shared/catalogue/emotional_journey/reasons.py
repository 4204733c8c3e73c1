"""Why features of emotional_journey may have no value, and what their lists cover, in the words of the documents."""

NO_FACE = "no face shows it"
NO_FACE_THERE = "no face shows it in one of the two stretches"
NO_EXPRESSION = "no expression of a face was read"
NO_MUSIC = "music was not looked for"
LISTED = "English, Spanish, Portuguese, French and German"
