"""Refuses readings that are no text: the recognizer reads circles, railings and folds as letters."""

from services.analyzer.engines.boxes import Rect

MIN_CONFIDENCE, SHORT, SHORT_CONFIDENCE, LONE_CONFIDENCE = 0.7, 3, 0.9, 0.97
"""Up to three letters are often stars or folds in a texture: they need more confidence. A lone letter, or strokes and circles
only, needs most: a star is read as 大, a photo as 日, a railing as IIII, with up to 0.93."""
STROKES = frozenset("Il1iJ!|oO0QDUHEF日口田目一二三")
MAX_AREA = 0.35
"""A region that fills more of the frame is never one line of text."""
LONE_LETTER_SAMPLES = 2
PARAMETERS = {
    "min_confidence": [MIN_CONFIDENCE, SHORT_CONFIDENCE, LONE_CONFIDENCE], "short": SHORT, "strokes": sorted(STROKES),
    "max_area": MAX_AREA, "lone_letter_samples": LONE_LETTER_SAMPLES,
}  # fmt: skip


def readable(box: Rect) -> bool:
    """Whether a region (fractions of the frame) is worth reading."""
    return box.width * box.height <= MAX_AREA


def believable(text: str, confidence: float) -> bool:
    """Whether what was read is text."""
    letters = [char for char in text if char.isalnum()]
    if len(letters) <= 1 or len(set(letters)) == 1 or STROKES.issuperset(letters):
        return bool(letters) and confidence >= LONE_CONFIDENCE
    return confidence >= (MIN_CONFIDENCE if len(letters) > SHORT else SHORT_CONFIDENCE)


def lasting(text: str, samples: int) -> bool:
    """Whether a text seen in this many samples is one: a lone letter in a single sample is a badge or a fold.

    A digit may be a count-down and a sign of a script without capitals a whole word, so they may be short.
    """
    letters = [char for char in text if char.isalnum()]
    return samples >= LONE_LETTER_SAMPLES or len(letters) != 1 or letters[0].lower() == letters[0].upper()
