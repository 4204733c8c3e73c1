"""Formulas of emotional_journey: the look of the picture."""

from operator import lt

from services.features.absent import NotDefined
from services.features.binding import produces
from services.features.clip import Clip
from services.features.correlation import correlation
from services.features.curve import Curve
from services.features.statistics import ratio

DARK = 0.25
STILL = 0.01
PALE, COLD, WARM = 0.2, 0.45, 0.55


def _trend(clip: Clip, curve: Curve) -> float:
    return curve.change(clip.windows.first_third, clip.windows.last_third)


@produces("emotion_brightness")
def _brightness(clip: Clip) -> float:
    return clip.pictures.brightness.mean()


@produces("emotion_saturation")
def _saturation(clip: Clip) -> float:
    return clip.pictures.saturation.mean()


@produces("emotion_warmth")
def _warmth(clip: Clip) -> float:
    return clip.pictures.warmth.mean()


@produces("emotion_contrast")
def _contrast(clip: Clip) -> float:
    return clip.pictures.contrast.mean()


@produces("emotion_motion")
def _motion(clip: Clip) -> float:
    return clip.pictures.motion.mean()


@produces("emotion_brightness_spread")
def _brightness_spread(clip: Clip) -> float:
    return clip.pictures.brightness.spread()


@produces("emotion_brightness_trend")
def _brightness_trend(clip: Clip) -> float:
    return _trend(clip, clip.pictures.brightness)


@produces("emotion_saturation_spread")
def _saturation_spread(clip: Clip) -> float:
    return clip.pictures.saturation.spread()


@produces("emotion_warmth_trend")
def _warmth_trend(clip: Clip) -> float:
    return _trend(clip, clip.pictures.warmth)


@produces("emotion_motion_trend")
def _motion_trend(clip: Clip) -> float:
    return _trend(clip, clip.pictures.motion)


@produces("emotion_motion_spread")
def _motion_spread(clip: Clip) -> float:
    return clip.pictures.motion.spread()


@produces("emotion_motion_loudness_sync")
def _motion_loudness_sync(clip: Clip) -> float:
    return correlation(clip.pictures.motion, clip.sound.level)


@produces("emotion_most_motion_position")
def _most_motion_position(clip: Clip) -> float:
    if clip.pictures.motion.maximum() == 0:
        raise NotDefined("the picture never changes")
    return clip.pictures.motion.peak_s() / clip.duration_s


@produces("emotion_dark_share")
def _dark_share(clip: Clip) -> float:
    return clip.pictures.brightness.share_where(lt, DARK)


@produces("emotion_still_share")
def _still_share(clip: Clip) -> float:
    return clip.pictures.motion.share_where(lt, STILL)


@produces("emotion_colour_mood_proxy")
def _colour_mood(clip: Clip) -> str:
    if clip.pictures.saturation.mean() < PALE:
        return "pale"
    warmth = clip.pictures.warmth.mean()
    return "warm" if warmth > WARM else "cold" if warmth < COLD else "neutral"


@produces("emotion_sharpness")
def _sharpness(clip: Clip) -> float:
    return clip.pictures.sharpness.mean()


@produces("emotion_sharpness_variation")
def _sharpness_variation(clip: Clip) -> float:
    sharpness = clip.pictures.sharpness
    return ratio(sharpness.spread(), sharpness.mean(), none="the picture has no detail")
