"""What can begin and what can last in a video, where that comes from, and what it is called."""

from dataclasses import dataclass

from shared.catalogue.feature import Source

NO_MUSIC = "music was not looked for"
UNREAD = "there are faces, but no expression of one was read"


@dataclass(frozen=True)
class Named:
    """An element or a layer: the source that sees it, its name in one and in several, and how a creator brings it about."""

    source: Source
    one: str
    many: str = ""
    do: str = ""
    undefined: str | None = None


ELEMENTS = {
    "cut": Named(Source.SCENES, "a cut", "cuts", "cut"),
    "text": Named(Source.TEXT, "a text on screen", "texts on screen", "show a new text"),
    "graphic": Named(Source.GRAPHICS, "a graphic", "graphics (stickers, inserted pictures)", "show a sticker or picture"),
    "speech": Named(Source.SPEECH, "a stretch of speech", "stretches of speech", "start to speak"),
    "gesture": Named(Source.PEOPLE, "a gesture", "gestures", "make a gesture"),
    "face": Named(Source.PEOPLE, "an appearance of a face", "appearances of a face", "bring in a face"),
    "expression": Named(
        Source.PEOPLE, "an expression", "expressions (smile, surprise, frown)", "show a feeling on your face", UNREAD
    ),
    "object": Named(Source.OBJECTS, "an appearance of an object", "appearances of an object", "bring in an object"),
}
"""Everything that begins."""

KINDS = ("cut", "text", "speech", "gesture", "face")
"""The kinds that are counted together: those of the engines that always run, so that the sum means the same everywhere."""

LAYER_NAMES = {
    "text": Named(Source.TEXT, "text on screen"),
    "graphic": Named(Source.GRAPHICS, "a graphic (sticker, inserted picture)"),
    "speech": Named(Source.SPEECH, "speech"),
    "face": Named(Source.PEOPLE, "a face"),
    "hands": Named(Source.PEOPLE, "hands"),
    "expression": Named(Source.PEOPLE, "an expression (smile, surprise, frown)", undefined=UNREAD),
    "object": Named(Source.OBJECTS, "an object"),
    "music": Named(Source.AUDIO, "music", undefined=NO_MUSIC),
}
"""Everything that lasts."""

LAYERS = ("text", "speech", "face", "hands")
"""The layers that are counted together."""
