"""Formulas of every timeline in the segments of the middle."""

from services.features.binding import produces_per_segment
from services.features.clip import Clip
from services.features.curve import Curve
from services.features.formulas.scene_pacing import rate
from services.features.intervals import Span, share


def _lift(clip: Clip, curve: Curve, segment: Span) -> float:
    """Mean in the segment minus that in the whole clip."""
    return curve.change(clip.windows.whole, segment)


produces_per_segment("density_middle_{n}_elements_per_s", lambda clip, segment: clip.elements.rate(segment))
produces_per_segment("density_middle_{n}_layers", lambda clip, segment: clip.layers.mean_in(segment))
produces_per_segment("overlay_middle_{n}_share", lambda clip, segment: share(clip.text_spans, segment))
produces_per_segment("emotion_middle_{n}_loudness_db", lambda clip, segment: _lift(clip, clip.sound.level, segment))
produces_per_segment("emotion_middle_{n}_motion", lambda clip, segment: _lift(clip, clip.pictures.motion, segment))
produces_per_segment("person_middle_{n}_face_share", lambda clip, segment: share(clip.people.face_spans, segment))
produces_per_segment("scene_middle_{n}_cuts_per_10s", lambda clip, segment: 10 * rate(clip, segment))
produces_per_segment("speech_middle_{n}_share", lambda clip, segment: share(clip.speech_spans, segment))
