"""Formulas of every timeline in the hook, in the segments of the middle and in the closing."""

from services.features.binding import produces_over_time, produces_per_segment
from services.features.clip import Clip
from services.features.curve import Curve
from services.features.formulas.scene_pacing import rate
from services.features.intervals import Span, Spans, share


def _share(clip: Clip, window: str, spans: Spans) -> float:
    return share(spans, clip.windows.named(window))


def _mean(clip: Clip, window: str, curve: Curve) -> float:
    return curve.mean_in(clip.windows.named(window))


def _change(clip: Clip, window: str, curve: Curve) -> float:
    """Mean in the window minus that in what it is measured against."""
    return curve.change(clip.windows.against(window), clip.windows.named(window))


@produces_over_time("density_{window}_object_share")
def _objects(clip: Clip, window: str) -> float:
    return _share(clip, window, clip.things.spans)


@produces_over_time("emotion_{window}_brightness")
def _brightness(clip: Clip, window: str) -> float:
    return _change(clip, window, clip.pictures.brightness)


@produces_over_time("emotion_{window}_loudness_db")
def _loudness(clip: Clip, window: str) -> float:
    return _change(clip, window, clip.sound.level)


@produces_over_time("emotion_{window}_motion")
def _motion(clip: Clip, window: str) -> float:
    return _change(clip, window, clip.pictures.motion)


@produces_over_time("emotion_{window}_music_share")
def _music(clip: Clip, window: str) -> float:
    return _share(clip, window, clip.sound.music)


@produces_over_time("emotion_{window}_saturation")
def _saturation(clip: Clip, window: str) -> float:
    return _change(clip, window, clip.pictures.saturation)


@produces_over_time("emotion_{window}_silence_share")
def _silence(clip: Clip, window: str) -> float:
    return _share(clip, window, clip.sound.silences)


@produces_over_time("emotion_{window}_smile_proxy")
def _smile(clip: Clip, window: str) -> float:
    return _mean(clip, window, clip.people.smile)


@produces_over_time("overlay_{window}_graphic_share")
def _graphics(clip: Clip, window: str) -> float:
    return _share(clip, window, clip.graphic_spans)


@produces_over_time("person_{window}_face_share")
def _faces(clip: Clip, window: str) -> float:
    return _share(clip, window, clip.people.face_spans)


@produces_over_time("person_{window}_gaze_share")
def _gaze(clip: Clip, window: str) -> float:
    return _mean(clip, window, clip.people.looking)


@produces_over_time("person_{window}_gesture_share")
def _gestures(clip: Clip, window: str) -> float:
    return _share(clip, window, clip.people.gesture_spans)


@produces_over_time("person_{window}_hands_share")
def _hands(clip: Clip, window: str) -> float:
    return _share(clip, window, clip.people.hand_spans)


@produces_over_time("scene_{window}_camera_speed")
def _camera(clip: Clip, window: str) -> float:
    return _mean(clip, window, clip.pictures.camera)


@produces_per_segment("density_middle_{n}_elements_per_s")
def _elements(clip: Clip, segment: Span) -> float:
    return clip.elements.rate(segment)


@produces_per_segment("density_middle_{n}_layers")
def _layers(clip: Clip, segment: Span) -> float:
    return clip.layers.mean_in(segment)


@produces_per_segment("overlay_middle_{n}_share")
def _texts(clip: Clip, segment: Span) -> float:
    return share(clip.text_spans, segment)


@produces_per_segment("scene_middle_{n}_cuts_per_10s")
def _cuts(clip: Clip, segment: Span) -> float:
    return 10 * rate(clip, segment)


@produces_per_segment("speech_middle_{n}_share")
def _speech(clip: Clip, segment: Span) -> float:
    return share(clip.speech_spans, segment)
