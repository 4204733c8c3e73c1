"""Why features of visual_overlay_analysis may have no value, in the words of the documents."""

NO_TEXT = "no text is on screen"
UNREAD = "the words on screen have no call to action and are in no language that the lists are known to cover"
NO_CALL = "no text on screen has a call to action"
NO_KIND = "less than four fifths of the text is of a known kind"
NO_GRAPHIC = "no sticker or insert is on screen"
NO_LETTERS = "no text on screen has a measured letter height"
