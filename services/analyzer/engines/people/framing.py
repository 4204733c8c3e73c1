"""How much of the largest person a frame shows: close-up, medium or full, as film crews name it."""

from collections.abc import Iterable

from services.analyzer.engines.people.networks import Points
from shared.contracts.people import FaceSample, Framing, ShotSize
from shared.contracts.spans import Box

HEAD = 4 / 3
"""Height of a head from crown to chin over that of the detector's box, which begins at the hairline."""
CLOSE_HEADS, MEDIUM_HEADS = 2.5, 5.0
"""Heads from the crown to the lower edge of the frame. A standing adult is 7.5 heads tall: chin 1, chest 2, waist 3, crotch 4,
middle of the thigh 5, knees 5.5 (Loomis 1943). A close-up ends at the chest or above (with the medium close-up), a medium
shot at waist or thigh, a full shot shows the legs (Bordwell and Thompson, Film Art)."""
HIPS, LEGS, MIN_VISIBILITY = (23, 24), (25, 26, 27, 28), 0.5


def framing(t_s: float, faces: Iterable[FaceSample], body: Points | None) -> Framing | None:
    """The size of the shot, from the largest face, else from the lowest visible part of the body; None without a person.

    Going by the face takes the person to be upright and not hidden: someone behind a desk is a medium shot all the same.
    """
    largest = max((face.box for face in faces), key=lambda box: box.height, default=None)
    if largest is not None and largest.height > 0:
        return Framing(t_s=t_s, size=by_face(largest))
    return None if body is None else Framing(t_s=t_s, size=by_body(body))


def by_face(face: Box) -> ShotSize:
    """From the heads that fit between the crown and the lower edge of the frame."""
    heads = 1 + (1 - face.y - face.height) / (HEAD * face.height)
    return "close_up" if heads <= CLOSE_HEADS else "medium" if heads <= MEDIUM_HEADS else "full"


def by_body(body: Points) -> ShotSize:
    """From the lowest part of the body inside the frame: knees or feet, hips, or less."""

    def seen(parts: tuple[int, ...]) -> bool:
        found = body[list(parts)]
        inside = (found[:, :2] >= 0).all(axis=1) & (found[:, :2] <= 1).all(axis=1)
        return bool((inside & (found[:, 3] >= MIN_VISIBILITY)).any())

    return "full" if seen(LEGS) else "medium" if seen(HIPS) else "close_up"
