"""How it is said: words in time, voice, speech over music and with text."""

from shared.catalogue.feature import Analysis, Block, Source, Unit
from shared.catalogue.languages import COVERED, UNSPACED
from shared.catalogue.section import Section
from shared.catalogue.segments import per_segment

_SILENT = "nobody speaks"
_NO_WORDS = "nobody speaks or speech was not transcribed"
_NO_TIMES = "nobody speaks, or words and their times were not transcribed"
_NO_PITCH = "no pitch of a voice was measured"
_NO_MUSIC = "music was not looked for"
_OTHER = f"{_NO_WORDS}, or it is in none of the languages listed"
_core, _dynamics, _interactions, _events, _patterns, _quality = (
    Section(Analysis.SPEECH, block, (Source.SPEECH,)) for block in Block
)
_core_voice, _dynamics_voice = (Section(Analysis.SPEECH, block, (Source.AUDIO,)) for block in (Block.CORE, Block.DYNAMICS))

FEATURES = (
    _core.number(
        "speech_articulation_per_s", "Articulation rate", "Words per second of the time taken up by words, without pauses.",
        unit=Unit.PER_SECOND, noun="words", low=0.0, undefined=_NO_TIMES,
        higher="Say each word faster", lower="Say each word more slowly",
    ),
    _core.positive(
        "speech_word_length", "Length of spoken words",
        "Mean length of a spoken word, in characters, in scripts with spaces between words.", noun="characters",
        undefined=f"{_NO_WORDS}, or all words are of a script without spaces ({UNSPACED})",
        higher="Use longer words", lower="Use short words",
    ),
    _core_voice.number(
        "speech_pitch_hz", "Pitch of the voice", "Median pitch (fundamental frequency) of the voiced speech.",
        unit=Unit.HERTZ, low=0.0, undefined=_NO_PITCH,
    ),
    *per_segment(
        _dynamics.share, "speech_middle_{n}_share", "Speech in {segment}", "Share of {segment} in which someone speaks.",
        higher="Speak for more of {segment}", lower="Speak for less of {segment}",
    ),
    _dynamics.seconds(
        "speech_word_gap_s", "Average pause between words",
        "Mean length of the gaps of at least 0.15 s between the words of a stretch.",
        undefined=f"{_NO_TIMES}, or there is no such gap",
        higher="Leave more time between words", lower="Run your words together",
    ),
    _dynamics.per_10_s(
        "speech_word_pauses_per_10s", "Pauses between words",
        "Number of pauses of at least 0.15 s between the words of a stretch, per 10 s of speech.", noun="pauses",
        undefined=_NO_TIMES,
        higher="Pause between words more often", lower="Speak without pauses between words",
    ),
    _dynamics.positive(
        "speech_rate_variation", "Variation of the speaking rate",
        "Standard deviation of the segments' words per second (rate) divided by their mean.",
        undefined=f"{_NO_WORDS}, or in fewer than two segments",
        higher="Vary how fast you speak", lower="Keep an even speaking rate",
    ),
    _dynamics.number(
        "speech_rate_trend", "Change of the speaking rate",
        "Words per second of speech (rate) in the second half of the video minus that in the first half; a word counts in the "
        "half in which it begins.",
        unit=Unit.PER_SECOND, noun="words", undefined=f"{_NO_WORDS}, or less than 1 s of it in one of the halves",
        higher="Speak faster towards the end", lower="Speak fastest at the start",
    ),
    _dynamics_voice.positive(
        "speech_pitch_range_semitones", "Range of the voice",
        "Distance in semitones from the 10th to the 90th percentile of the voice's pitch: its range.", noun="semitones",
        undefined=_NO_PITCH,
        higher="Speak in a livelier voice, with more ups and downs", lower="Speak in an even tone",
    ),
    _interactions.share(
        "speech_over_music_share", "Speech over music", "Share of the speech during which music plays (speech over music).",
        also=(Source.AUDIO,), undefined=f"{_SILENT}, or {_NO_MUSIC}",
        higher="Speak over music", lower="Speak without music",
    ),
    _interactions.number(
        "speech_over_music_lift_db", "Voice above the music",
        "Mean level of speech over music minus the mean level of music without speech: its lift.", also=(Source.AUDIO,),
        unit=Unit.DECIBELS, undefined=f"there is no speech over music or no music without speech, or {_NO_MUSIC}",
        higher="Lift the voice further above the music", lower="Let the music play nearly as loud as the voice",
    ),
    _interactions.share(
        "speech_starts_with_text_share", "Speech that starts with a new text",
        "Share of the stretches of speech that start at most 0.5 s from the start of a text on screen.", also=(Source.TEXT,),
        undefined=_SILENT,
        higher="Start to speak as a text appears", lower="Start to speak apart from new texts",
    ),
    _interactions.share(
        "speech_starts_with_gesture_share", "Speech that starts with a gesture",
        "Share of the stretches of speech that start at most 0.5 s from the start of a gesture.", also=(Source.PEOPLE,),
        undefined=_SILENT,
        higher="Start to speak with a gesture", lower="Start to speak without a gesture",
    ),
    _interactions.share(
        "speech_shown_word_share", "Spoken words that are shown",
        "Share of the spoken words that are in a text on screen (shown) while they are said or at most 0.5 s from it.",
        also=(Source.TEXT,), undefined=_NO_WORDS,
        higher="Show the words you say on screen, as captions do", lower="Say more than stands on screen",
    ),
    _events.share(
        "speech_call_position", "Position of the spoken call to action",
        f"Time at which the first call to action begins ({COVERED}) divided by the duration.",
        undefined=f"{_OTHER}, or it has no call to action",
        higher="Say the call to action late", lower="Say the call to action early",
    ),
    _events.flag(
        "speech_hook_asks", "Spoken question in the hook",
        "1 where someone asks in the hook: a sentence with a question mark begins in it and is over at most 3 s after it; the "
        "end of a stretch of speech ends a sentence too.", undefined="speech was not transcribed",
        higher="Ask a question in the first 3 seconds", lower="Ask no question in the first 3 seconds",
    ),
    _patterns.share(
        "speech_address_share", "Address of the viewer", f"Share of the words that address the viewer: you, your ({COVERED}).",
        undefined=_OTHER,
        higher="Say you and your more often", lower="Say you and your less often",
    ),
    _patterns.share(
        "speech_first_person_share", "First person", f"Share of the words in the first person: I, my, we, our ({COVERED}).",
        undefined=_OTHER,
        higher="Speak of yourself more", lower="Speak of yourself less",
    ),
    _quality.share(
        "speech_filler_share", "Filler words",
        f"Share of the words that are fillers such as um, you know ({COVERED}); recognizers leave some out.", undefined=_OTHER,
        higher="Leave in the ums of natural speech", lower="Cut out fillers such as um",
    ),
    _quality.share(
        "speech_clarity_proxy", "Clarity to the recognizer (proxy)",
        "Mean confidence of the recognizer in the segments, weighted by time: a proxy for clarity.",
        undefined=f"{_NO_WORDS}, or the recognizer gave no confidence",
        higher="Speak clearly and close to the microphone", lower="Speak casually rather than clearly",
    ),
    _quality.share(
        "speech_voiced_share", "Voiced speech", "Share of the speech that is voiced: has a pitch.", also=(Source.AUDIO,),
        undefined=f"{_SILENT}, or {_NO_PITCH}",
        higher="Speak with a full voice", lower="Whisper, or speak with less voice",
    ),
)  # fmt: skip
