"""Declarations of metadata_analysis: amounts, times, and what goes with the video (CoreMetrics to KeyEvents)."""

from shared.catalogue.feature import Analysis, Block, Source, Unit
from shared.catalogue.languages import BY_CHARACTER, COVERED_OR, UNSPACED
from shared.catalogue.metadata_analysis.reasons import NO_TAGS, NO_WORDS, NOT_COVERED
from shared.catalogue.section import Section
from shared.language import CALLS

_core = Section(Analysis.METADATA, Block.CORE, (Source.METADATA,))
_file = Section(Analysis.METADATA, Block.CORE, (Source.VIDEO,))
_dynamics = Section(Analysis.METADATA, Block.DYNAMICS, (Source.METADATA,))
_interactions = Section(Analysis.METADATA, Block.INTERACTIONS, (Source.METADATA,))
_events = Section(Analysis.METADATA, Block.KEY_EVENTS, (Source.METADATA,))

FEATURES = (
    _file.seconds(
        "meta_duration_s", "Duration", "Duration of the probed file.",
        higher="Make the video longer", lower="Make the video shorter",
    ),
    _core.count(
        "meta_caption_chars", "Caption length", "Characters of the caption as readers count them, an emoji as one.",
        "characters",
        higher="Write a longer caption", lower="Write a shorter caption",
    ),
    _core.count(
        "meta_caption_words", "Words in the caption",
        f"Words of the caption without links, hashtags and mentions; {BY_CHARACTER}.", "words",
        higher="Write more words in the caption", lower="Write fewer words in the caption",
    ),
    _core.count(
        "meta_hashtag_count", "Hashtags", "Number of hashtags.", "hashtags",
        higher="Use more hashtags", lower="Use fewer hashtags",
    ),
    _core.count(
        "meta_mention_count", "Mentions", "Number of accounts mentioned.", "mentions",
        higher="Mention other accounts", lower="Mention fewer accounts",
    ),
    _core.count(
        "meta_emoji_count", "Emoji", "Number of emoji in the caption; joined ones and flags count once.", "emoji",
        higher="Use more emoji in the caption", lower="Use fewer emoji in the caption",
    ),
    _core.count(
        "meta_caption_lines", "Lines of the caption", "Number of lines of the caption that are not empty.", "lines",
        higher="Break the caption into lines", lower="Write the caption in one line",
    ),
    _core.count(
        "meta_caption_sentences", "Sentences of the caption",
        "Number of sentences with words in the caption, without links, hashtags and mentions; a line break ends one too.",
        "sentences",
        higher="Write more sentences in the caption", lower="Write fewer sentences in the caption",
    ),
    _core.count(
        "meta_first_line_chars", "First line of the caption",
        "Characters of the caption's first line as readers count them, hashtags included.", "characters",
        higher="Write a longer first line", lower="Write a shorter first line",
    ),
    _core.count(
        "meta_script_count", "Scripts in the caption",
        "Number of scripts that the caption's letters belong to, without links, hashtags and mentions.", "scripts",
        higher="Write the caption in several scripts", lower="Write the caption in one script",
    ),
    _file.number(
        "meta_aspect_ratio", "Width to height", "Width of the displayed picture divided by its height.", unit=Unit.RATIO,
        low=0.0,
        higher="Film in a wider format", lower="Film in a taller format",
    ),
    _dynamics.share(
        "meta_hashtag_char_share", "Caption made of hashtags",
        "Share of the caption's characters (without white space) that belong to hashtags.", undefined="the caption is empty",
        higher="Let hashtags make up more of the caption", lower="Let hashtags make up less of the caption",
    ),
    _dynamics.positive(
        "meta_emoji_per_word", "Emoji per word", "Emoji divided by words of the caption without links, hashtags and mentions.",
        undefined=NO_WORDS,
        higher="Use more emoji per word", lower="Use fewer emoji per word",
    ),
    _dynamics.positive(
        "meta_word_length", "Length of words",
        "Mean number of characters of the caption's words without links, hashtags, mentions, in scripts with spaces between "
        "words.", noun="characters", undefined=f"{NO_WORDS}, or all in a script without spaces ({UNSPACED})",
        higher="Use longer words", lower="Use shorter words",
    ),
    _dynamics.positive(
        "meta_hashtag_length", "Length of hashtags", "Mean number of characters of the hashtags.", noun="characters",
        undefined=NO_TAGS,
        higher="Use longer, more specific hashtags", lower="Use shorter hashtags",
    ),
    _dynamics.number(
        "meta_post_hour", "Posting hour", "Hour of posting in UTC.", unit=Unit.HOUR, low=0.0, high=24.0,
        higher="Post later in the day", lower="Post earlier in the day",
    ),
    _dynamics.flag(
        "meta_weekend", "Posted at the weekend", "1 where posted on Saturday or Sunday (UTC).",
        higher="Post at the weekend", lower="Post during the week",
    ),
    _dynamics.share(
        "meta_hashtag_position", "Place of the hashtags",
        "Mean place at which hashtags start in the caption, 0 at its beginning and 1 at its end.",
        undefined="no hashtag stands in the caption",
        higher="Put hashtags towards the end of the caption", lower="Put hashtags towards the beginning of the caption",
    ),
    _dynamics.share(
        "meta_hashtag_camel_share", "Hashtags with capitals inside",
        "Share of the hashtags in the caption that have a capital after a small letter, as #GlowUp has.",
        undefined="no hashtag stands in the caption",
        higher="Write hashtags of several words with capitals", lower="Write hashtags in small letters",
    ),
    _dynamics.number(
        "meta_hours_from_noon", "Hours from noon", "Hours between posting and noon (UTC) of the same day.", noun="hours",
        low=0.0, high=12.0,
        higher="Post around midnight (UTC)", lower="Post around noon (UTC)",
    ),
    _interactions.share(
        "meta_caption_on_screen_share", "Caption repeated on screen",
        "Share of the caption's different words (without links, hashtags, mentions) that are on screen too.",
        also=(Source.TEXT,), undefined=NO_WORDS,
        higher="Repeat the caption's words on screen", lower="Use other words on screen than in the caption",
    ),
    _interactions.share(
        "meta_hashtag_in_words_share", "Hashtags backed by words",
        "Share of the hashtags that stand, in one word or as up to six in a row, in the caption's words or on screen.",
        also=(Source.TEXT,), undefined=NO_TAGS,
        higher="Say on screen or in the caption what your hashtags promise", lower="Use hashtags that add new words",
    ),
    _interactions.share(
        "meta_caption_spoken_share", "Caption repeated in speech",
        "Share of the caption's different words (without links, hashtags, mentions) that are spoken too.",
        also=(Source.SPEECH,), undefined="the caption has no words, or speech was not transcribed",
        higher="Say the caption's words in the video", lower="Say other words than the caption's",
    ),
    _interactions.flag(
        "meta_language_spoken", "Language of post and speech agree",
        "1 where the language that the platform names is the one spoken longest.", also=(Source.SPEECH,),
        undefined="the platform names no language, or none was recognized in the speech",
        higher="Write the caption in the language you speak", lower="Write the caption in another language than you speak",
    ),
    _events.flag(
        "meta_opens_with_question", "Caption opens with a question",
        "1 where the caption's first sentence, without links, hashtags and mentions, has a question mark.",
        higher="Open the caption with a question", lower="Do not open the caption with a question",
    ),
    _events.flag(
        "meta_opens_with_emoji", "Caption opens with an emoji", "1 where the caption starts with an emoji.",
        higher="Open the caption with an emoji", lower="Do not open the caption with an emoji",
    ),
    _events.flag(
        "meta_opens_with_hashtag", "Caption opens with a hashtag", "1 where the caption starts with a hashtag.",
        higher="Open the caption with a hashtag", lower="Put hashtags after the words",
    ),
    _events.flag(
        "meta_ends_with_hashtag", "Caption ends with a hashtag", "1 where the last word of the caption is a hashtag.",
        higher="Put hashtags at the end", lower="End the caption with words",
    ),
    *(
        _events.flag(
            f"meta_call_{kind}", f"Caption asks to {words}", f"1 where the caption asks to {words}, in {COVERED_OR}.",
            undefined=NOT_COVERED, higher=f"Ask viewers to {words}", lower=f"Do not ask viewers to {words}",
        )
        for kind, words in (
            ("follow", "follow"), ("like", "like"), ("comment", "comment"), ("share", "share or tag"),
            ("save", "save the video"),
            ("link", "use the link"), ("buy", "buy"),
        )
    ),
    _events.count(
        "meta_call_count", "Kinds of calls to action",
        f"Number of kinds of calls to action in the caption, in {COVERED_OR}.", "kinds", undefined=NOT_COVERED,
        most=float(len(CALLS)), higher="Use more kinds of calls to action", lower="Use fewer kinds of calls to action",
    ),
    _events.flag(
        "meta_opens_with_mention", "Caption opens with a mention", "1 where the caption starts with an account's name.",
        higher="Open the caption with a mention", lower="Put mentions after the words",
    ),
    _events.flag(
        "meta_ends_with_emoji", "Caption ends with an emoji", "1 where the last character of the caption is an emoji.",
        higher="End the caption with an emoji", lower="Do not end the caption with an emoji",
    ),
    _events.flag(
        "meta_is_reply", "Reply to a comment",
        f"1 where the caption opens as the app's video replies do (Replying to @...), in {COVERED_OR}.",
        undefined="the caption mentions an account, and its words are in no language that the list covers",
        higher="Answer a comment with a video", lower="Post on your own account rather than as a reply",
    ),
    _events.flag(
        "meta_is_duet_or_stitch", "Duet or stitch", "1 where a hashtag says duet or stitch (also dueto, duett).",
        higher="Make a duet or a stitch", lower="Post videos of your own rather than duets or stitches",
    ),
)  # fmt: skip
