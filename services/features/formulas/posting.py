"""Formulas of metadata_analysis: when, by whom and with which sound it was posted.

The mark of an ad is left out: a post that does well may be promoted later, so it can follow from the outcome.
"""

from datetime import UTC, datetime
from math import log10

from services.features.absent import NotDefined
from services.features.binding import produces
from services.features.clip import Clip
from shared.catalogue.languages import LANGUAGES
from shared.catalogue.registry import CATALOGUE

_UNDETERMINED = frozenset({"", "un", "und", "none"})
NOON = 12
_SIZES = ((10_000, "nano"), (100_000, "micro"), (500_000, "mid"), (1_000_000, "macro"))


def _posted(clip: Clip) -> datetime:
    return clip.metadata.posted_at.astimezone(UTC)


def _given(value: float | None, field: str) -> float:
    if value is None:
        raise NotDefined(f"the scraper did not say: {field}")
    return value


@produces("meta_post_hour")
def _post_hour(clip: Clip) -> float:
    return _posted(clip).hour + _posted(clip).minute / 60


@produces("meta_hours_from_noon")
def _hours_from_noon(clip: Clip) -> float:
    return abs(_post_hour(clip) - NOON)


@produces("meta_weekend")
def _weekend(clip: Clip) -> bool:
    return _posted(clip).weekday() >= 5


@produces("meta_weekday")
def _weekday(clip: Clip) -> str:
    return CATALOGUE.get("meta_weekday").options[_posted(clip).weekday()]


@produces("meta_daypart")
def _daypart(clip: Clip) -> str:
    return CATALOGUE.get("meta_daypart").options[_posted(clip).hour // 6]


def named_language(clip: Clip) -> str:
    """The language that the platform names (ISO 639-1). Raises NotDefined where it names none."""
    language = (clip.metadata.language or "").split("-")[0].lower()
    if language in _UNDETERMINED:
        raise NotDefined("the platform names no language")
    return language


@produces("meta_language")
def _language(clip: Clip) -> str:
    language = named_language(clip)
    return language if language in LANGUAGES else "other"


@produces("meta_original_sound")
def _original_sound(clip: Clip) -> float:
    music = clip.metadata.music
    return _given(None if music is None else music.original, "whether the sound is original")


@produces("meta_creator_size")
def _creator_size(clip: Clip) -> str:
    followers = _given(clip.metadata.creator.followers, "the creator's followers")
    return next((name for limit, name in _SIZES if followers < limit), "mega")


@produces("meta_creator_followers_log10")
def _followers(clip: Clip) -> float:
    return log10(1 + _given(clip.metadata.creator.followers, "the creator's followers"))


@produces("meta_creator_videos_log10")
def _videos(clip: Clip) -> float:
    return log10(1 + _given(clip.metadata.creator.videos, "the creator's number of videos"))


@produces("meta_creator_verified")
def _verified(clip: Clip) -> float:
    return _given(clip.metadata.creator.verified, "whether the account is verified")


@produces("meta_is_sponsored")
def _is_sponsored(clip: Clip) -> float:
    return _given(clip.metadata.is_sponsored, "whether this is sponsored")
