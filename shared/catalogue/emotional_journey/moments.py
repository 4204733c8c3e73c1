"""Declarations of emotional_journey: what feelings go with, when they peak, and what is typical (Interactions to Quality)."""

from shared.catalogue.creative_density.kinds import UNREAD
from shared.catalogue.emotional_journey.reasons import NO_EXPRESSION, NO_FACE
from shared.catalogue.feature import Analysis, Block, Source, Unit
from shared.catalogue.section import Section

_AUDIO, _LOOK, _PEOPLE = (Source.AUDIO,), (Source.VISUALS,), (Source.PEOPLE,)
_interactions = Section(Analysis.EMOTIONAL_JOURNEY, Block.INTERACTIONS, ())
_events = Section(Analysis.EMOTIONAL_JOURNEY, Block.KEY_EVENTS, ())
_patterns = Section(Analysis.EMOTIONAL_JOURNEY, Block.PATTERNS, ())
_quality = Section(Analysis.EMOTIONAL_JOURNEY, Block.QUALITY, ())

FEATURES = (
    _interactions.correlation(
        "emotion_motion_loudness_sync", "Motion with loudness", "Correlation over time of motion and level.",
        also=(*_LOOK, *_AUDIO), undefined="motion or level never changes",
        higher="Move when the sound gets loud", lower="Move when the sound gets quiet",
    ),
    _interactions.correlation(
        "emotion_smile_loudness_sync_proxy", "Smile with loudness (proxy)",
        "Correlation over time of the smile measure and the level.", also=(*_PEOPLE, *_AUDIO),
        undefined="it could not be measured on any face, or one of the two never changes",
        higher="Smile when the sound gets loud", lower="Smile when the sound gets quiet",
    ),
    _interactions.number(
        "emotion_smile_in_speech_proxy", "Smile while speaking (proxy)",
        "Mean smile measure during speech minus that outside speech.", unit=Unit.LANDMARKS, also=(*_PEOPLE, Source.SPEECH),
        undefined="it could not be measured on any face during speech or outside it",
        higher="Smile while you speak", lower="Smile while you do not speak",
    ),
    _interactions.number(
        "emotion_cut_loudness_step_db", "Loudness at cuts",
        "Mean level of the 0.5 s after each cut minus that of the 0.5 s before, each within its shot; the measured step in "
        "which the cut falls counts on neither side.", also=(*_AUDIO, Source.SCENES), unit=Unit.DECIBELS,
        undefined="nothing is cut, or no cut has a whole measured step on each side",
        higher="Let the sound rise at cuts", lower="Let the sound fall at cuts",
    ),
    _interactions.change(
        "emotion_expressive_in_speech_lift", "Expression while speaking",
        "Share of the speech in which the main face smiles, is surprised or frowns, minus that share outside speech.",
        also=(*_PEOPLE, Source.SPEECH), undefined="no expression was read during or outside speech",
        higher="Show feelings while you speak", lower="Show feelings in the pauses",
    ),
    _interactions.change(
        "emotion_expressive_with_text_lift", "Expression while text is on screen",
        "Share of the time with text in which the main face smiles, is surprised or frowns, minus that share without text.",
        also=(*_PEOPLE, Source.TEXT), undefined="no expression was read with text or without",
        higher="Show feelings to your texts", lower="Keep a straight face to your texts",
    ),
    _interactions.change(
        "emotion_expressive_with_music_lift", "Expression with music",
        "Share of the time with music in which the main face smiles, is surprised or frowns, minus that share without music.",
        also=(*_PEOPLE, *_AUDIO), undefined="no expression was read with music or without, or music was not looked for",
        higher="Show feelings to the music", lower="Show feelings where the music rests",
    ),
    _interactions.number(
        "emotion_loudness_of_expression_lu", "Loudness of expression",
        "Mean momentary loudness while the main face smiles, is surprised or frowns, minus that while it does not, in LU.",
        also=(*_PEOPLE, *_AUDIO), unit=Unit.DECIBELS,
        undefined="the face never shows a feeling or always does, or momentary loudness was not measured",
        higher="Show feelings in the loud parts", lower="Show feelings in the quiet parts",
    ),
    _interactions.share(
        "emotion_change_at_cut_share", "Changes of expression at cuts",
        "Share of the changes of the main face's expression (held for 0.75 s) that are at most 0.5 s from a cut.",
        also=(*_PEOPLE, Source.SCENES), undefined="no expression changes",
        higher="Cut to another expression", lower="Let expressions change within a shot",
    ),
    _events.share(
        "emotion_loudest_position", "Position of the loudest moment",
        "Middle of the loudest 2 s (the first of equals) divided by the duration.", also=_AUDIO,
        undefined="there is no sound above -60 dBFS",
        higher="Put the loudest moment late", lower="Put the loudest moment early",
    ),
    _events.number(
        "emotion_hook_onsets_per_s", "Onsets in the hook", "Onsets per second in the hook.", also=_AUDIO, unit=Unit.PER_SECOND,
        noun="onsets", low=0.0,
        higher="Open with a busy sound", lower="Open with a calm sound",
    ),
    _events.seconds(
        "emotion_longest_silence_s", "Longest silence", "Length of the longest silence, 0 without one.", also=_AUDIO,
        higher="Use one long silence", lower="Keep silences short",
    ),
    _events.share(
        "emotion_most_motion_position", "Position of the most motion",
        "Start of the first looked-at frame with the most motion, divided by the duration.", also=_LOOK,
        undefined="only one frame was looked at, or the picture never changes",
        higher="Put the strongest motion late", lower="Put the strongest motion early",
    ),
    _events.number(
        "emotion_strongest_smile_proxy", "Strongest smile (proxy)", "Highest smile measure of the main face.",
        unit=Unit.LANDMARKS, also=_PEOPLE,
        undefined=NO_FACE,
        higher="Include one big smile", lower="Avoid big smiles",
    ),
    _events.seconds(
        "emotion_first_smile_s_proxy", "First smile (proxy)", "Time at which the main face first smiles.", also=_PEOPLE,
        undefined="no expression was read, or nobody smiles",
        higher="Hold back the first smile", lower="Smile sooner",
    ),
    _events.seconds(
        "emotion_first_surprise_s_proxy", "First surprise (proxy)",
        "Time at which the main face first looks surprised.", also=_PEOPLE,
        undefined="no expression was read, or nobody looks surprised",
        higher="Hold back the first surprise", lower="Show surprise sooner",
    ),
    _events.share(
        "emotion_hook_expressive_share", "Expression in the hook",
        "Share of the hook with a read expression in which the main face smiles, is surprised or frowns.", also=_PEOPLE,
        undefined="no expression was read in the hook",
        higher="Show a feeling in the first 3 seconds", lower="Open with a straight face, without a feeling",
    ),
    _events.share(
        "emotion_closing_expressive_share", "Expression in the closing",
        "Share of the closing with a read expression in which the main face smiles, is surprised or frowns.", also=_PEOPLE,
        undefined="no expression was read in the closing",
        higher="Show a feeling in the last 3 seconds", lower="Close without a feeling on your face",
    ),
    _events.share(
        "emotion_peak_position", "Position of the strongest expression",
        "Start of the main face's strongest smile, surprise or frown (the first of equals) divided by the duration.",
        also=_PEOPLE, undefined="no smile, surprise or frown is seen",
        higher="Put your strongest expression late", lower="Put your strongest expression early",
    ),
    _events.number(
        "emotion_loudest_moment_lu", "Loudest moment against the whole",
        "Highest momentary loudness minus the integrated loudness, in LU.", also=_AUDIO, unit=Unit.DECIBELS,
        undefined="loudness was not measured, or the sound is too short or too quiet",
        higher="Let one moment stand out in loudness", lower="Let no moment stand out in loudness",
    ),
    _patterns.choice(
        "emotion_energy_arc", "Course of the loudness",
        "By the mean levels of the thirds: even where they differ by less than 3 dB; peak or valley where the middle is "
        "highest or lowest; else rising or falling.", ("even", "rising", "falling", "peak", "valley"), also=_AUDIO,
        higher="Let the loudness take this course: {option}", lower="Avoid this course of the loudness: {option}",
    ),
    _patterns.count(
        "emotion_silence_count", "Silences", "Number of silent stretches.", "silences", also=_AUDIO,
        higher="Use more short silences", lower="Use fewer silences",
    ),
    _patterns.share(
        "emotion_dark_share", "Time in the dark", "Share of the duration in which the picture's brightness is under 0.25.",
        also=_LOOK,
        higher="Film more in the dark", lower="Film less in the dark",
    ),
    _patterns.share(
        "emotion_still_share", "Time without motion",
        "Share of the duration in which the picture changes by less than 0.01 from one looked-at frame to the next.",
        also=_LOOK, undefined="only one frame was looked at",
        higher="Hold still pictures", lower="Avoid still pictures",
    ),
    _patterns.choice(
        "emotion_colour_mood_proxy", "Mood of the colours (proxy)",
        "pale where mean saturation is under 0.2, else warm or cold where mean warmth is over 0.55 or under 0.45, else "
        "neutral.", ("pale", "cold", "neutral", "warm"), also=_LOOK,
        higher="Use colours like this: {option}", lower="Avoid colours like this: {option}",
    ),
    _patterns.choice(
        "emotion_main_expression", "Usual expression", "The expression that the main face shows longest.",
        ("neutral", "smile", "surprise", "frown", "open_mouth", "eyes_closed"), also=_PEOPLE, undefined=NO_EXPRESSION,
        higher="Show mainly this expression: {option}", lower="Do not show mainly this expression: {option}",
    ),
    _patterns.count(
        "emotion_expression_kinds", "Kinds of expression", "Number of different expressions that the main face shows.",
        "expressions", also=_PEOPLE, undefined=UNREAD,
        most=6.0, higher="Show a range of expressions", lower="Stay with few expressions",
    ),
    _patterns.count(
        "emotion_smile_count_proxy", "Smiles (proxy)",
        "Number of stretches in which the main face smiles; breaks up to 0.75 s go on.",
        "smiles", also=_PEOPLE, undefined=UNREAD,
        higher="Smile several times", lower="Smile once, if at all",
    ),
    _patterns.count(
        "emotion_strong_moment_count", "Strong moments of expression",
        "Number of stretches with a smile, surprise or frown that is at least halfway beyond its threshold.", "moments",
        also=_PEOPLE, undefined=UNREAD,
        higher="Plan more moments of strong expression", lower="Keep expressions slight",
    ),
    _patterns.share(
        "emotion_palette_dominance", "One leading colour", "Mean share of the picture that its first colour takes up.",
        also=_LOOK, undefined="no palette was made",
        higher="Let one colour lead the picture", lower="Use several colours side by side",
    ),
    _quality.positive(
        "emotion_sharpness", "Sharpness", "Mean sharpness of the picture.", also=_LOOK,
        higher="Keep the picture in focus", lower="A softer picture is fine",
    ),
    _quality.positive(
        "emotion_sharpness_variation", "Variation of sharpness", "Standard deviation of the sharpness divided by its mean.",
        also=_LOOK, undefined="the picture has no detail",
        higher="Vary the focus", lower="Keep the focus even",
    ),
    _quality.share(
        "emotion_near_full_scale_share", "Time near full scale",
        "Share of the duration in which the level is over -6 dBFS: loud enough to risk distortion.", also=_AUDIO,
        higher="Push the sound to the limit", lower="Leave headroom in the sound",
    ),
    _quality.share(
        "emotion_expression_strength", "Clarity of expression",
        "Mean of how far smiles, surprises and frowns of the main face are beyond their thresholds, 0 to 1.", also=_PEOPLE,
        undefined="no smile, surprise or frown is seen",
        higher="Play your expressions large", lower="Play your expressions small",
    ),
)  # fmt: skip
