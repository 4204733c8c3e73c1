"""Formulas of metadata_analysis: what the caption does with words, emoji and hashtags, and what it shares with speech."""

from collections.abc import Mapping

import regex  # type: ignore[import-untyped]  # ships no types

from services.features.absent import NotDefined
from services.features.binding import produces
from services.features.clip import Clip
from services.features.formulas.metadata import GENERIC_TAGS, NO_WORDS, NOT_COVERED, readable
from services.features.formulas.posting import named_language
from services.features.formulas.transcript import spoken_language
from services.features.language import graphemes, sentences
from services.features.listed_words import ADDRESS, FIRST_PERSON, listed
from services.features.phrases import CURIOUS, URGENT, is_reply, is_series, says
from services.features.sentiment import emoji_sentiment, sentiment
from services.features.statistics import mean, ratio, share_of
from shared.language import words

DUETS = frozenset(("duet", "stitch", "dueto", "duett"))
_CAMEL = regex.compile(r"\p{Ll}\p{Lu}")


@produces("meta_caption_sentences")
def _sentences(clip: Clip) -> float:
    return sum(bool(words(sentence)) for sentence in sentences(clip.caption.prose))


@produces("meta_first_line_chars")
def _first_line(clip: Clip) -> float:
    lines = clip.caption.text.splitlines()
    return graphemes(lines[0].strip()) if lines else 0


@produces("meta_script_count")
def _script_count(clip: Clip) -> float:
    return len(clip.caption.scripts)


@produces("meta_hashtag_position")
def _hashtag_position(clip: Clip) -> float:
    text, starts, after = clip.caption.text, [], 0
    for tag in clip.caption.tags:
        starts.append(text.index(tag, after))
        after = starts[-1] + len(tag)
    return mean([start / len(text) for start in starts], of="hashtags in the caption")


@produces("meta_hashtag_camel_share")
def _hashtag_camel(clip: Clip) -> float:
    return share_of([_CAMEL.search(tag) is not None for tag in clip.caption.tags], of="hashtags in the caption")


@produces("meta_specific_hashtag_count")
def _specific_hashtags(clip: Clip) -> float:
    return len(set(clip.caption.hashtags) - GENERIC_TAGS)


@produces("meta_emoji_kinds")
def _emoji_kinds(clip: Clip) -> float:
    return len(set(clip.caption.emoji))


@produces("meta_ends_with_emoji")
def _ends_with_emoji(clip: Clip) -> bool:
    found = clip.caption.emoji
    return bool(found) and clip.caption.text.endswith(found[-1])


@produces("meta_opens_with_mention")
def _opens_with_mention(clip: Clip) -> bool:
    return clip.caption.text.startswith(("@", "＠"))


@produces("meta_is_reply")
def _is_reply(clip: Clip) -> bool:
    text = clip.caption.text.replace("＠", "@")
    if not is_reply(text) and text.find("@") > 0:
        readable(clip)
    return is_reply(text)


@produces("meta_is_duet_or_stitch")
def _is_duet(clip: Clip) -> bool:
    return bool(DUETS.intersection(clip.caption.hashtags))


@produces("meta_is_series")
def _is_series(clip: Clip) -> bool:
    return is_series(clip.caption.words) or is_series(readable(clip))


@produces("meta_urgency")
def _urgency(clip: Clip) -> bool:
    return says(readable(clip), URGENT)


@produces("meta_curiosity")
def _curiosity(clip: Clip) -> bool:
    return says(readable(clip), CURIOUS)


def _has_listed(clip: Clip, lists: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether the caption has a word that its own language lists; many of these words mean something else in another one."""
    if not clip.caption.words:
        return False
    language = named_language(clip)
    if language not in lists:
        raise NotDefined(NOT_COVERED)
    return listed(clip.caption.words, lists[language]) > 0


@produces("meta_addresses_viewer")
def _addresses_viewer(clip: Clip) -> bool:
    return _has_listed(clip, ADDRESS)


@produces("meta_first_person")
def _first_person(clip: Clip) -> bool:
    return _has_listed(clip, FIRST_PERSON)


@produces("meta_sentiment_proxy")
def _sentiment(clip: Clip) -> float:
    said = readable(clip)
    return ratio(sentiment(said), len(said), none=NO_WORDS)


@produces("meta_emoji_sentiment_proxy")
def _emoji_sentiment(clip: Clip) -> float:
    good, bad = emoji_sentiment(clip.caption.emoji)
    return ratio(good - bad, good + bad, none="no emoji of the lists is in the caption")


@produces("meta_caption_spoken_share")
def _caption_spoken(clip: Clip) -> float:
    spoken = set(clip.said.words if clip.speech_segments else ())
    return ratio(len(spoken.intersection(clip.caption.words)), len(set(clip.caption.words)), none=NO_WORDS)


@produces("meta_language_spoken")
def _language_spoken(clip: Clip) -> bool:
    return named_language(clip) == spoken_language(clip)


@produces("meta_aspect_ratio")
def _aspect_ratio(clip: Clip) -> float:
    return clip.video.width / clip.video.height
