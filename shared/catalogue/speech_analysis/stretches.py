"""When someone speaks, in stretches, and what goes with it; what is said, where a recognizer ran."""

from shared.catalogue.feature import Analysis, Block, Source, Unit
from shared.catalogue.languages import BY_CHARACTER, COVERED, LANGUAGES
from shared.catalogue.section import Section

_SILENT = "nobody speaks"
_NOT_TRANSCRIBED = "speech was not transcribed"
_NO_WORDS = "nobody speaks or speech was not transcribed"
_NO_PAUSE = "speech has no pause of at least 0.3 s"
_core, _dynamics, _interactions, _events, _patterns, _quality = (
    Section(Analysis.SPEECH, block, (Source.SPEECH,)) for block in Block
)

FEATURES = (
    _core.share(
        "speech_share", "Time with speech", "Share of the duration in which someone speaks.",
        higher="Speak for more of the video", lower="Leave more of the video without speech",
    ),
    _core.count(
        "speech_stretch_count", "Stretches of speech", "Number of stretches of speech; those that touch are one.", "stretches",
        higher="Speak in more, separate stretches", lower="Speak in fewer stretches",
    ),
    _core.per_10_s(
        "speech_stretches_per_10s", "Stretches of speech per 10 seconds",
        "Number of stretches of speech divided by the duration, times ten.", noun="stretches",
        higher="Stop and start speaking more often", lower="Speak in one go",
    ),
    _core.seconds(
        "speech_stretch_mean_s", "Average stretch of speech", "Mean length of the stretches of speech.", undefined=_SILENT,
        higher="Speak longer without a pause", lower="Speak in shorter stretches",
    ),
    _core.seconds(
        "speech_stretch_max_s", "Longest stretch of speech", "Length of the longest stretch of speech, 0 without speech.",
        higher="Include one long stretch of speech", lower="Break up the longest stretch of speech",
    ),
    _core.count(
        "speech_word_count", "Spoken words", f"Number of words spoken; {BY_CHARACTER}.", "words",
        undefined=_NOT_TRANSCRIBED,
        higher="Say more", lower="Say less",
    ),
    _core.number(
        "speech_words_per_s", "Speaking rate", f"Words spoken per second of speech; {BY_CHARACTER}.",
        unit=Unit.PER_SECOND, noun="words", low=0.0, undefined=_NO_WORDS,
        higher="Speak faster", lower="Speak more slowly",
    ),
    _core.share(
        "speech_unique_word_share", "Different words", "Share of the first 50 spoken words that differ from the ones before.",
        undefined=_NO_WORDS,
        higher="Use varied words", lower="Repeat your key words",
    ),
    _dynamics.count(
        "speech_pause_count", "Pauses", "Number of pauses of at least 0.3 s between stretches of speech.", "pauses",
        higher="Pause more often", lower="Pause less often",
    ),
    _dynamics.seconds(
        "speech_pause_mean_s", "Average pause",
        "Mean length of the pauses of at least 0.3 s between stretches of speech.", undefined=_NO_PAUSE,
        higher="Make longer pauses", lower="Make shorter pauses",
    ),
    _dynamics.seconds(
        "speech_pause_max_s", "Longest pause",
        "Length of the longest pause of at least 0.3 s between stretches of speech, 0 without one.",
        higher="Make one long pause", lower="Avoid long pauses",
    ),
    _dynamics.positive(
        "speech_stretch_variation", "Variation of the stretches of speech",
        "Standard deviation of the lengths of the stretches divided by their mean.",
        undefined="there are fewer than two stretches of speech",
        higher="Mix long sentences and short remarks", lower="Speak in stretches of about equal length",
    ),
    _dynamics.positive(
        "speech_pause_variation", "Variation of the pauses",
        "Standard deviation of the lengths of the pauses (of at least 0.3 s) divided by their mean.",
        undefined="there are fewer than two pauses",
        higher="Vary your pauses", lower="Pause regularly",
    ),
    _dynamics.change(
        "speech_share_trend", "Change of time with speech",
        "Share of the last third with speech minus that of the first third.",
        higher="Speak more towards the end", lower="Speak mainly at the start",
    ),
    _dynamics.share(
        "speech_middle_third_share", "Speech in the middle", "Share of the middle third with speech.",
        higher="Speak in the middle of the video", lower="Leave the middle of the video to pictures",
    ),
    _interactions.share(
        "speech_with_text_share", "Speech with text", "Share of the speech during which text is on screen.",
        also=(Source.TEXT,), undefined=_SILENT,
        higher="Put text on screen while speaking", lower="Speak without text on screen",
    ),
    _interactions.share(
        "speech_with_hands_share", "Speech with hands", "Share of the speech during which a hand is seen.",
        also=(Source.PEOPLE,), undefined=_SILENT,
        higher="Show your hands while speaking", lower="Keep your hands still while speaking",
    ),
    _interactions.number(
        "speech_cuts_per_10s", "Cuts per 10 seconds of speech", "Cuts during speech per 10 s of speech.", also=(Source.SCENES,),
        unit=Unit.PER_10_S, noun="cuts", low=0.0, undefined=_SILENT,
        higher="Cut more while someone speaks", lower="Let the shot stand while someone speaks",
    ),
    _interactions.number(
        "speech_loudness_lift_db", "Speech above the rest", "Mean level during speech minus that outside speech.",
        also=(Source.AUDIO,), unit=Unit.DECIBELS, undefined="nobody speaks, or someone always does",
        higher="Let the voice stand out from music and noise", lower="Keep music nearly as loud as the voice",
    ),
    _interactions.number(
        "speech_motion_lift", "Motion during speech", "Mean motion of the picture during speech minus that outside speech.",
        also=(Source.VISUALS,), low=-1.0, high=1.0, undefined="nobody speaks, or someone always does",
        higher="Move while you speak", lower="Stay calm while you speak",
    ),
    _interactions.share(
        "speech_starts_with_cut_share", "Speech that starts with a cut",
        "Share of the stretches of speech that start at most 0.5 s from a cut.", also=(Source.SCENES,), undefined=_SILENT,
        higher="Start to speak at a cut", lower="Start to speak within a shot",
    ),
    _interactions.choice(
        "speech_role", "Who speaks (proxy)",
        "A proxy for who speaks: on_camera where a face is seen in at least 70 % of the speech, voice_over where in under "
        "30 %, else mixed; no_speech without speech.",
        ("no_speech", "voice_over", "mixed", "on_camera"), also=(Source.PEOPLE,),
        higher="Speak like this: {option}", lower="Avoid speaking like this: {option}",
    ),
    _events.seconds(
        "speech_first_s", "First speech", "Time at which speech first starts.", undefined=_SILENT,
        higher="Wait before you speak", lower="Speak sooner",
    ),
    _events.seconds(
        "speech_after_last_s", "Time after the last speech", "Time from the end of the last speech to the end of the video.",
        undefined=_SILENT,
        higher="Leave time after your last words", lower="Speak until the very end",
    ),
    _events.share(
        "speech_hook_share", "Hook with speech", "Share of the hook in which someone speaks.",
        higher="Speak during the first 3 seconds", lower="Open without speech",
    ),
    _events.share(
        "speech_closing_share", "Closing with speech", "Share of the closing in which someone speaks.",
        higher="Speak during the last 3 seconds", lower="Close without speech",
    ),
    _events.share(
        "speech_longest_position", "Position of the longest speech",
        "Start of the longest stretch of speech (the first of equals) divided by the duration.", undefined=_SILENT,
        higher="Put your longest stretch of speech late", lower="Put your longest stretch of speech early",
    ),
    _events.flag(
        "speech_in_first_second", "Speech in the first second", "1 where someone speaks in the first second.",
        higher="Speak within the first second", lower="Do not speak within the first second",
    ),
    _events.count(
        "speech_hook_words", "Spoken words in the hook",
        "Number of words that begin in the hook.", "words",
        undefined=_NOT_TRANSCRIBED,
        higher="Say more in the first 3 seconds", lower="Say less in the first 3 seconds",
    ),
    _patterns.choice(
        "speech_course", "Course of the speech",
        "front or back where that half has at least 1.5 times as much speech as the other; else even.",
        ("front", "even", "back"), undefined=_SILENT,
        higher="Distribute your speech this way: {option}", lower="Avoid this distribution of speech: {option}",
    ),
    _patterns.flag(
        "speech_asks", "Spoken question", "1 where the transcript has a question mark.", undefined=_NOT_TRANSCRIBED,
        higher="Ask a question aloud", lower="Ask no question aloud",
    ),
    _patterns.flag(
        "speech_calls", "Spoken call to action",
        f"1 where the transcript has a call to action ({COVERED}).",
        undefined=f"{_NOT_TRANSCRIBED}, or it is in none of the languages listed",
        higher="Say a call to action aloud", lower="Say no call to action aloud",
    ),
    _patterns.choice(
        "speech_language", "Spoken language", "The language of most of the speech, by time.", LANGUAGES,
        undefined="nobody speaks or no language was recognized",
    ),
    _quality.share(
        "speech_fragment_share", "Fragments of speech", "Share of the stretches of speech that are shorter than 1 s.",
        undefined=_SILENT,
        higher="Use short exclamations", lower="Speak in whole sentences",
    ),
    _quality.number(
        "speech_level_db", "Loudness of speech", "Mean level of the sound during speech.", also=(Source.AUDIO,),
        unit=Unit.DECIBELS, low=-60.0, high=20.0, undefined=_SILENT,
        higher="Speak louder or closer to the microphone", lower="Speak more quietly",
    ),
    _quality.number(
        "speech_level_spread_db", "Unevenness of the speaking volume",
        "Standard deviation over time of the level during speech.",
        also=(Source.AUDIO,), unit=Unit.DECIBELS, low=0.0, undefined=_SILENT,
        higher="Vary your voice between loud and quiet", lower="Keep your voice at one loudness",
    ),
)  # fmt: skip
