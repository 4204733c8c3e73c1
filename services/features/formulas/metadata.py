"""Formulas of metadata_analysis: the caption."""

from services.features.absent import NotDefined
from services.features.binding import Formula, produces
from services.features.clip import Clip
from services.features.language import graphemes, has_digit, has_exclamation, has_link, has_question, main_script, sentences
from services.features.statistics import mean, ratio, share_of
from shared.language import CALLS, spaced

FOLDED_CHARS = 100
GENERIC_TAGS = frozenset(("fyp", "foryou", "foryoupage", "viral", "trending", "tiktok", "explore", "parati", "fy", "xyzbca"))
NO_WORDS = "the caption has no words besides hashtags and mentions"
NOT_COVERED = "the lists of words do not cover the caption's language"


def readable(clip: Clip) -> tuple[str, ...]:
    """The caption's words. Raises NotDefined where it has some, but in no language that the lists cover."""
    if clip.caption.words and not clip.caption.covered:
        raise NotDefined(NOT_COVERED)
    return clip.caption.words


@produces("meta_duration_s")
def _duration(clip: Clip) -> float:
    return clip.duration_s


@produces("meta_caption_chars")
def _caption_chars(clip: Clip) -> float:
    return clip.caption.length


@produces("meta_caption_words")
def _caption_words(clip: Clip) -> float:
    return len(clip.caption.words)


@produces("meta_hashtag_count")
def _hashtag_count(clip: Clip) -> float:
    return len(clip.caption.hashtags)


@produces("meta_mention_count")
def _mention_count(clip: Clip) -> float:
    return len(clip.metadata.mentions)


@produces("meta_emoji_count")
def _emoji_count(clip: Clip) -> float:
    return len(clip.caption.emoji)


@produces("meta_caption_lines")
def _caption_lines(clip: Clip) -> float:
    return sum(bool(line.strip()) for line in clip.caption.text.splitlines())


@produces("meta_hashtag_char_share")
def _hashtag_char_share(clip: Clip) -> float:
    text = clip.caption.text
    inside = graphemes("".join(clip.caption.tags))
    return ratio(inside, graphemes("".join(text.split())), none="the caption is empty")


@produces("meta_emoji_per_word")
def _emoji_per_word(clip: Clip) -> float:
    return ratio(_emoji_count(clip), len(clip.caption.words), none=NO_WORDS)


@produces("meta_word_length")
def _word_length(clip: Clip) -> float:
    return mean([float(graphemes(word)) for word in spaced(clip.caption.words)], of="words of a script with spaces")


@produces("meta_hashtag_length")
def _hashtag_length(clip: Clip) -> float:
    return mean([float(graphemes(tag)) for tag in clip.caption.hashtags], of="hashtags")


@produces("meta_caption_on_screen_share")
def _caption_on_screen(clip: Clip) -> float:
    shown = {word for words in clip.texts.words for word in words}
    written = set(clip.caption.words)
    return ratio(len(written & shown), len(written), none=NO_WORDS)


@produces("meta_hashtag_in_words_share")
def _hashtag_in_words(clip: Clip) -> float:
    said, tags = (
        [*clip.caption.words, "\n", *(word for words in clip.texts.words for word in (*words, "\n"))],
        clip.caption.hashtags,
    )
    openings = {tag[:end] for tag in tags for end in range(1, len(tag) + 1)}
    first = [i for i, word in enumerate(said) if word in openings]
    runs = {"".join(said[i:j]) for i in first for j in range(i + 1, min(i + 6, len(said)) + 1)}
    return share_of([tag in runs for tag in tags], of="hashtags")


@produces("meta_opens_with_question")
def _opens_with_question(clip: Clip) -> bool:
    first = sentences(clip.caption.prose)[:1]
    return bool(first) and has_question(first[0])


@produces("meta_opens_with_emoji")
def _opens_with_emoji(clip: Clip) -> bool:
    text, found = clip.caption.text, clip.caption.emoji
    return bool(found) and text.startswith(found[0])


@produces("meta_opens_with_hashtag")
def _opens_with_hashtag(clip: Clip) -> bool:
    text, found = clip.caption.text, clip.caption.tags
    return bool(found) and text.startswith(found[0])


@produces("meta_ends_with_hashtag")
def _ends_with_hashtag(clip: Clip) -> bool:
    text, found = clip.caption.text, clip.caption.tags
    return bool(found) and text.endswith(found[-1])


def _none_called(clip: Clip) -> tuple[str, ...]:
    """No calls. Raises NotDefined where nobody could have found one."""
    readable(clip)
    return ()


def _call(kind: str) -> Formula:
    def formula(clip: Clip) -> bool:
        return kind in clip.caption.calls or kind in _none_called(clip)

    return formula


for _kind in CALLS:
    produces(f"meta_call_{_kind}")(_call(_kind))


@produces("meta_call_count")
def _call_count(clip: Clip) -> float:
    return len(clip.caption.calls or _none_called(clip))


@produces("meta_has_question")
def _has_question(clip: Clip) -> bool:
    return has_question(clip.caption.prose)


@produces("meta_has_exclamation")
def _has_exclamation(clip: Clip) -> bool:
    return has_exclamation(clip.caption.prose)


@produces("meta_has_number")
def _has_number(clip: Clip) -> bool:
    return has_digit(clip.caption.prose)


@produces("meta_has_link")
def _has_link(clip: Clip) -> bool:
    return has_link(clip.caption.text)


@produces("meta_capital_words")
def _capital_words(clip: Clip) -> float:
    split = [[char for char in word if char.isalpha()] for word in clip.caption.prose.split()]
    return sum(len(letters) >= 2 and all(char.isupper() for char in letters) for letters in split)


@produces("meta_generic_hashtag_share")
def _generic_hashtags(clip: Clip) -> float:
    return share_of([tag in GENERIC_TAGS for tag in clip.caption.hashtags], of="hashtags")


@produces("meta_hashtag_strategy")
def _hashtag_strategy(clip: Clip) -> str:
    count = len(clip.caption.hashtags)
    limits = ((0, "none"), (3, "few"), (7, "some"), (15, "many"))
    return next((name for limit, name in limits if count <= limit), "flood")


@produces("meta_script")
def _script(clip: Clip) -> str:
    return main_script(clip.caption.scripts) or "none"


@produces("meta_unique_word_share")
def _unique_words(clip: Clip) -> float:
    return ratio(len(set(clip.caption.words)), len(clip.caption.words), none=NO_WORDS)


@produces("meta_repeated_hashtags")
def _repeated_hashtags(clip: Clip) -> float:
    return len(clip.caption.hashtags) - len(set(clip.caption.hashtags))


@produces("meta_folded_caption")
def _folded_caption(clip: Clip) -> bool:
    return clip.caption.length > FOLDED_CHARS
