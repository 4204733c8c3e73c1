"""The words in the names of features that their titles and definitions put in other words, and what they mean there."""

import re
from collections.abc import Mapping

from shared.catalogue.feature import Feature

GLOSSARY: Mapping[str, str] = {
    "1": "of the first segment, or 1 s",
    "2": "of the second segment",
    "3": "of the third segment",
    "4": "of the fourth segment",
    "1s": "1 second",
    "3s": "3 seconds",
    "10s": "10 seconds",
    "absence": "time without",
    "arc": "how the thirds of the video compare",
    "area": "part of the frame",
    "asks": "has a question",
    "aspect": "width against height",
    "busiest": "with the most",
    "call": "a call to action",
    "camel": "with capitals inside a word",
    "char": "a character as readers count them",
    "chars": "characters as readers count them",
    "class": "one of a few levels",
    "count": "how many",
    "cropped": "cut off by the edge of the frame",
    "daypart": "morning, afternoon, evening or night",
    "dominance": "how much the strongest one has",
    "duration": "how long it lasts",
    "during": "while it is there",
    "empty": "with nothing of it",
    "energy": "how loud it is",
    "entry": "when someone is first in the picture",
    "excess": "more than chance would give",
    "expressive": "smiling, surprised or frowning",
    "first": "at the start; with person: speaking of oneself",
    "flash": "too short to take in",
    "gap": "time from one to the next",
    "gaze": "a look into the camera",
    "group": "two or more people",
    "in": "during",
    "is": "whether it is one",
    "kinds": "how many different ones",
    "late": "after the hook",
    "lift": "here against elsewhere: a difference or a ratio",
    "log10": "decimal logarithm: 3 is a thousand",
    "loudness": "level of the sound",
    "main": "the most usual one",
    "max": "the largest or longest",
    "min": "the smallest or shortest",
    "neutral": "with no expression",
    "off": "away from",
    "on": "at the same time or place",
    "orientation": "vertical, square or horizontal",
    "palette": "the main colours of a picture",
    "pattern": "how the halves of the video compare",
    "part": "one kind among all that begins",
    "peak": "the busiest or strongest moment",
    "person": "someone in the picture; with first: speaking of oneself",
    "position": "when in the video or where in the whole, 0 at its start and 1 at its end; of text: where in the frame",
    "ratio": "one divided by the other",
    "reframed": "with another shot size",
    "rhythm": "how evenly one follows the other",
    "role": "on camera or as a voice only",
    "safe": "clear of the app's buttons",
    "sentiment": "glad or sad words",
    "short": "the smaller one",
    "single": "exactly one",
    "speech": "someone speaking",
    "spread": "standard deviation over time",
    "step": "change from before to after",
    "still": "without motion",
    "strategy": "how many are used",
    "strength": "how far beyond its threshold",
    "sway": "standard deviation of a place in the frame",
    "sync": "at the same time, or a correlation over time",
    "text": "words or letters in the picture",
    "timbre": "spectral centroid of the sound",
    "trend": "the last third or half against the first, or a correlation with time",
    "unique": "different from all before",
    "variation": "standard deviation divided by the mean",
    "visits": "stretches in which it is there",
    "weekday": "day of the week",
    "with": "while it is there",
    "x": "to the side",
    "y": "up and down",
    "yaw": "turn to the side",
}

_WORD = re.compile(r"[a-z0-9%]+")
_ENDINGS = ("ies", "ing", "ed", "es", "s", "e", "y")


def unexplained(feature: Feature) -> tuple[str, ...]:
    """The words of its name, after the analysis, that neither its own words nor the glossary explain."""
    return tuple(word for word in missing_words(feature) if word not in GLOSSARY)


def missing_words(feature: Feature) -> tuple[str, ...]:
    """The words of its name, after the analysis, that its title, definition and unit do not have in any ending."""
    own = _WORD.findall(" ".join((feature.title, feature.definition, feature.noun, feature.unit.value)).lower())
    known = {*own, *map(_stem, own)}
    return tuple(word for word in feature.name.split("_")[1:] if word not in known and _stem(word) not in known)


def _stem(word: str) -> str:
    endings = (word[: -len(ending)] for ending in _ENDINGS if word.endswith(ending) and len(word) >= len(ending) + 3)
    return next(endings, word)
