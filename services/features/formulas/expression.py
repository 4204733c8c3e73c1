"""Formulas of emotional_journey: expression of the main face, as ratios of landmarks (proxies, not feelings)."""

from services.features.binding import produces
from services.features.clip import Clip
from services.features.correlation import correlation


@produces("emotion_smile_proxy")
def _smile_mean(clip: Clip) -> float:
    return clip.people.smile.mean()


@produces("emotion_mouth_open_proxy")
def _mouth_open(clip: Clip) -> float:
    return clip.people.mouth.mean()


@produces("emotion_eyes_open_proxy")
def _eyes_open(clip: Clip) -> float:
    return clip.people.measure("eyes_open", "eyes").mean()


@produces("emotion_smile_proxy_spread")
def _smile_spread(clip: Clip) -> float:
    return clip.people.smile.spread()


@produces("emotion_smile_proxy_trend")
def _smile_trend(clip: Clip) -> float:
    return clip.people.smile.change(clip.windows.first_third, clip.windows.last_third)


@produces("emotion_mouth_activity_proxy")
def _mouth_activity(clip: Clip) -> float:
    return clip.people.mouth.spread()


@produces("emotion_smile_loudness_sync_proxy")
def _smile_loudness_sync(clip: Clip) -> float:
    return correlation(clip.people.smile, clip.sound.level)


@produces("emotion_smile_in_speech_proxy")
def _smile_in_speech(clip: Clip) -> float:
    return clip.people.smile.lift(clip.speech_spans, clip.windows.whole)


@produces("emotion_strongest_smile_proxy")
def _strongest_smile(clip: Clip) -> float:
    return clip.people.smile.maximum()
