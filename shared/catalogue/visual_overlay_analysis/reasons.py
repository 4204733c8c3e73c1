"""Why features of visual_overlay_analysis may have no value, in the words of the documents."""

NO_TEXT = "no text is on screen"
NO_CALL = "no text in Latin script has a call to action"
UNREAD = "there are letters on screen, but no text in Latin script, so the lists cover none"
NO_KIND = "less than four fifths of the text is of a known kind"
NO_GRAPHIC = "no sticker or insert is on screen"
NO_LETTERS = "no text on screen has a measured letter height"
