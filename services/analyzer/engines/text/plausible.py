"""Refuses readings that are no text: the recognizer reads circles, railings and folds as letters."""

from services.analyzer.engines.boxes import Rect

MIN_CONFIDENCE, SHORT, SHORT_CONFIDENCE = 0.7, 3, 0.9
"""Up to three letters are often stars or folds in a texture: they need more confidence."""
MAX_AREA = 0.35
"""A region that fills more of the frame is never one line of text."""
LONE_LETTER_SAMPLES = 2
PARAMETERS = {
    "min_confidence": [MIN_CONFIDENCE, SHORT_CONFIDENCE],
    "short": SHORT,
    "max_area": MAX_AREA,
    "lone_letter_samples": LONE_LETTER_SAMPLES,
}


def readable(box: Rect) -> bool:
    """Whether a region (fractions of the frame) is worth reading."""
    return box.width * box.height <= MAX_AREA


def believable(text: str, confidence: float) -> bool:
    """Whether what was read is text."""
    letters = sum(char.isalnum() for char in text)
    return letters > 0 and confidence >= (MIN_CONFIDENCE if letters > SHORT else SHORT_CONFIDENCE)


def lasting(text: str, samples: int) -> bool:
    """Whether a text seen in this many samples is one: a lone letter in a single sample is a badge or a fold.

    A digit may be a count-down and a sign of a script without capitals a whole word, so they may be short.
    """
    letters = [char for char in text if char.isalnum()]
    return samples >= LONE_LETTER_SAMPLES or len(letters) != 1 or letters[0].lower() == letters[0].upper()
