"""Formulas of emotional_journey: music, loudness as heard, colours of the palette, and words that carry feeling."""

from collections.abc import Iterable

from services.features.absent import NotDefined
from services.features.binding import produces
from services.features.clip import Clip
from services.features.intervals import share
from services.features.sentiment import covered, sentiment
from shared.language import words


@produces("emotion_music_share")
def _music(clip: Clip) -> float:
    return share(clip.sound.music, clip.windows.whole)


@produces("emotion_loudness_range_lu")
def _loudness_range(clip: Clip) -> float:
    if clip.sound.audio.loudness_range_lu is None:
        raise NotDefined("the range of loudness was not measured")
    return clip.sound.audio.loudness_range_lu


@produces("emotion_loudest_moment_lu")
def _loudest_moment(clip: Clip) -> float:
    if clip.sound.audio.integrated_lufs is None:
        raise NotDefined("the sound is too short or too quiet to measure")
    return clip.sound.momentary.maximum() - clip.sound.audio.integrated_lufs


@produces("emotion_palette_warm_share")
def _palette_warm(clip: Clip) -> float:
    return clip.pictures.warm_colours.mean()


@produces("emotion_palette_dominance")
def _palette_dominance(clip: Clip) -> float:
    return clip.pictures.dominance.mean()


def _valence(said: Iterable[tuple[str, ...]]) -> float:
    texts = [words for words in said if words]
    if not texts:
        raise NotDefined("no word is in a language that the lists of feelings cover")
    return sum(map(sentiment, texts)) / sum(map(len, texts))


@produces("emotion_spoken_sentiment_proxy")
def _spoken_sentiment(clip: Clip) -> float:
    spoken = zip(clip.spoken, clip.transcript, strict=True)
    return _valence(words(text) for text, segment in spoken if covered(segment.language, text))


@produces("emotion_screen_sentiment_proxy")
def _screen_sentiment(clip: Clip) -> float:
    shown = zip(clip.overlays, clip.texts.words, strict=True)
    return _valence(words for overlay, words in shown if covered(None, overlay.text))
