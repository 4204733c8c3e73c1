"""Declarations of emotional_journey: how sound, look and expression are, and how they change (CoreMetrics, Dynamics)."""

from shared.catalogue.emotional_journey.reasons import NO_EXPRESSION, NO_FACE, NO_FACE_THERE, NO_MUSIC
from shared.catalogue.feature import Analysis, Block, Source, Unit
from shared.catalogue.languages import COVERED_OR
from shared.catalogue.section import Section

_AUDIO, _LOOK, _PEOPLE = (Source.AUDIO,), (Source.VISUALS,), (Source.PEOPLE,)
_core = Section(Analysis.EMOTIONAL_JOURNEY, Block.CORE, ())
_dynamics = Section(Analysis.EMOTIONAL_JOURNEY, Block.DYNAMICS, ())

FEATURES = (
    _core.number(
        "emotion_loudness_mean_db", "Loudness", "Mean level of the sound (levels below -60 dBFS count as -60).", also=_AUDIO,
        unit=Unit.DECIBELS, low=-60.0, high=20.0,
        higher="Make the sound louder", lower="Make the sound quieter",
    ),
    _core.number(
        "emotion_lufs", "Programme loudness", "Integrated loudness of the whole sound track.", also=_AUDIO, unit=Unit.LUFS,
        low=-120.0, high=20.0, undefined="the sound is too short or too quiet to measure",
        higher="Master the sound louder", lower="Master the sound quieter",
    ),
    _core.number(
        "emotion_tempo_bpm", "Tempo", "Tempo of the sound.", also=_AUDIO, unit=Unit.BPM, low=0.0, high=400.0,
        undefined="no tempo was found",
        higher="Choose a faster track", lower="Choose a slower track",
    ),
    _core.number(
        "emotion_onsets_per_s", "Onsets per second", "Audio onsets (beats, notes, syllables) per second.", also=_AUDIO,
        unit=Unit.PER_SECOND, noun="onsets", low=0.0,
        higher="Choose a busier sound", lower="Choose a calmer sound",
    ),
    _core.share(
        "emotion_silence_share", "Silence", "Share of the duration that is silent.", also=_AUDIO,
        higher="Use silence", lower="Avoid silence",
    ),
    _core.number(
        "emotion_timbre_hz", "Brightness of the sound", "Mean spectral centroid where there is sound.", also=_AUDIO,
        unit=Unit.HERTZ, low=0.0, undefined="there is no sound",
        higher="Use a brighter sound", lower="Use a darker, warmer sound",
    ),
    _core.number(
        "emotion_smile_proxy", "Smile (proxy)", "Mean smile measure of the main face: a ratio of landmarks, not a feeling.",
        unit=Unit.LANDMARKS, also=_PEOPLE, undefined=NO_FACE,
        higher="Smile more", lower="Keep a straighter face",
    ),
    _core.number(
        "emotion_mouth_open_proxy", "Open mouth (proxy)", "Mean opening of the main face's mouth: a ratio of landmarks.",
        unit=Unit.LANDMARKS, also=_PEOPLE, undefined=NO_FACE,
        higher="Be more expressive with your mouth", lower="Keep the mouth calmer",
    ),
    _core.number(
        "emotion_eyes_open_proxy", "Open eyes (proxy)", "Mean opening of the main face's eyes: a ratio of landmarks.",
        unit=Unit.LANDMARKS, also=_PEOPLE, undefined=NO_FACE,
        higher="Open your eyes wide", lower="Relax your eyes",
    ),
    _core.share(
        "emotion_brightness", "Brightness of the picture", "Mean brightness of the picture, 0 black to 1 white.", also=_LOOK,
        higher="Film in brighter light", lower="Film in darker light",
    ),
    _core.share(
        "emotion_saturation", "Strength of colour", "Mean saturation of the picture, 0 grey to 1 pure colour.", also=_LOOK,
        higher="Use stronger colours", lower="Use softer colours",
    ),
    _core.share(
        "emotion_warmth", "Warmth of colour", "Mean warmth of the picture, 0 cold to 1 warm.", also=_LOOK,
        higher="Use warmer light and colours", lower="Use cooler light and colours",
    ),
    _core.share(
        "emotion_contrast", "Contrast", "Mean contrast of the picture, 0 flat to 1 full.", also=_LOOK,
        higher="Use more contrast between light and dark", lower="Use flatter, softer light",
    ),
    _core.share(
        "emotion_motion", "Motion", "Mean change of the picture from one looked-at frame to the next.", also=_LOOK,
        undefined="only one frame was looked at",
        higher="Bring more motion into the picture", lower="Keep the picture calmer",
    ),
    _core.share(
        "emotion_smile_share_proxy", "Time with a smile (proxy)",
        "Share of the time with a read expression in which the main face smiles.", also=_PEOPLE, undefined=NO_EXPRESSION,
        higher="Smile for more of the video", lower="Smile for less of the video",
    ),
    _core.share(
        "emotion_surprise_share_proxy", "Time with surprise (proxy)",
        "Share of the time with a read expression in which the main face looks surprised.", also=_PEOPLE,
        undefined=NO_EXPRESSION,
        higher="Show surprise more often", lower="Show less surprise",
    ),
    _core.share(
        "emotion_frown_share_proxy", "Time with a frown (proxy)",
        "Share of the time with a read expression in which the main face frowns.", also=_PEOPLE, undefined=NO_EXPRESSION,
        higher="Show effort or doubt on your face", lower="Frown less",
    ),
    _core.share(
        "emotion_neutral_share", "Time with a straight face",
        "Share of the time with a read expression in which the main face shows none.", also=_PEOPLE, undefined=NO_EXPRESSION,
        higher="Keep a straight face", lower="Let your face show something",
    ),
    _core.number(
        "emotion_brow_raise_proxy", "Raised brows (proxy)", "Mean height of the main face's brows: a ratio of landmarks.",
        unit=Unit.LANDMARKS, also=_PEOPLE, undefined="no face has measured brows",
        higher="Raise your brows", lower="Relax your brows",
    ),
    _core.share(
        "emotion_music_share", "Time with music", "Share of the duration with music, beneath speech too.", also=_AUDIO,
        undefined=NO_MUSIC,
        higher="Put music under more of the video", lower="Leave more of the video without music",
    ),
    _core.share(
        "emotion_palette_warm_share", "Warm colours",
        "Mean share of the coloured part of the palette that is red, orange or yellow; grey and black are no colours.",
        also=_LOOK, undefined="no palette was made, or nothing is coloured",
        higher="Bring red, orange or yellow into the picture", lower="Bring green, blue or violet into the picture",
    ),
    _core.number(
        "emotion_spoken_sentiment_proxy", "Feeling of the spoken words (proxy)",
        f"Good words minus bad ones, divided by all words of the speech in {COVERED_OR}, which the lists cover; negation turns "
        "a word round.",
        also=(Source.SPEECH,), low=-1.0, high=1.0,
        undefined="speech was not transcribed, or has no words in a covered language",
        higher="Say it in positive words", lower="Name what is bad or goes wrong",
    ),
    _core.number(
        "emotion_screen_sentiment_proxy", "Feeling of the words on screen (proxy)",
        f"Good words minus bad ones, divided by all words of the texts on screen in {COVERED_OR}, as far as their words tell.",
        also=(Source.TEXT,), low=-1.0, high=1.0, undefined="no text on screen is in a covered language",
        higher="Write positive words on screen", lower="Write on screen what is bad or goes wrong",
    ),
    _dynamics.number(
        "emotion_loudness_range_db", "Range of loudness", "Level exceeded in 10 % of the time minus that exceeded in 90 %.",
        also=_AUDIO, unit=Unit.DECIBELS, low=0.0,
        higher="Mix loud and quiet passages", lower="Keep the loudness even",
    ),
    _dynamics.number(
        "emotion_loudness_spread_db", "Variation of loudness", "Standard deviation of the level over time.", also=_AUDIO,
        unit=Unit.DECIBELS, low=0.0,
        higher="Vary the loudness", lower="Vary the loudness less",
    ),
    _dynamics.number(
        "emotion_loudness_trend_db", "Change of loudness", "Mean level of the last third minus that of the first third.",
        also=_AUDIO, unit=Unit.DECIBELS,
        higher="Get louder towards the end", lower="Start loud and calm down",
    ),
    _dynamics.number(
        "emotion_onset_trend", "Change of onsets", "Onsets per second in the last third minus those in the first third.",
        also=_AUDIO, unit=Unit.PER_SECOND, noun="onsets",
        higher="Let the sound get busier", lower="Let the sound calm down",
    ),
    _dynamics.positive(
        "emotion_onset_irregularity", "Irregularity of onsets",
        "Standard deviation of the times from onset to onset divided by their mean.", also=_AUDIO,
        undefined="there are fewer than three onsets",
        higher="Use an irregular sound, such as speech", lower="Use a steady beat",
    ),
    _dynamics.number(
        "emotion_smile_proxy_spread", "Variation of the smile (proxy)", "Standard deviation over time of the smile measure.",
        unit=Unit.LANDMARKS, also=_PEOPLE, low=0.0, undefined=NO_FACE,
        higher="Vary your expression", lower="Keep one expression",
    ),
    _dynamics.number(
        "emotion_smile_proxy_trend", "Change of the smile (proxy)",
        "Mean smile measure of the last third minus that of the first third.",
        unit=Unit.LANDMARKS, also=_PEOPLE, undefined=NO_FACE_THERE,
        higher="Let the smile grow towards the end", lower="Start with the smile",
    ),
    _dynamics.number(
        "emotion_mouth_activity_proxy", "Activity of the mouth (proxy)",
        "Standard deviation over time of the opening of the main face's mouth.",
        unit=Unit.LANDMARKS, also=_PEOPLE, low=0.0, undefined=NO_FACE,
        higher="Speak to the camera with energy", lower="Keep the mouth still",
    ),
    _dynamics.number(
        "emotion_brightness_spread", "Variation of brightness", "Standard deviation over time of the picture's brightness.",
        also=_LOOK, low=0.0, high=1.0,
        higher="Alternate dark and bright pictures", lower="Keep the brightness even",
    ),
    _dynamics.number(
        "emotion_brightness_trend", "Change of brightness", "Mean brightness of the last third minus that of the first third.",
        also=_LOOK, low=-1.0, high=1.0,
        higher="Get brighter towards the end", lower="Start bright and get darker",
    ),
    _dynamics.number(
        "emotion_saturation_spread", "Variation of colour", "Standard deviation over time of the picture's saturation.",
        also=_LOOK, low=0.0, high=1.0,
        higher="Alternate colourful and pale pictures", lower="Keep the colours even",
    ),
    _dynamics.number(
        "emotion_warmth_trend", "Change of warmth", "Mean warmth of the last third minus that of the first third.", also=_LOOK,
        low=-1.0, high=1.0,
        higher="Get warmer in colour towards the end", lower="Get cooler in colour towards the end",
    ),
    _dynamics.number(
        "emotion_motion_trend", "Change of motion", "Mean motion of the last third minus that of the first third.", also=_LOOK,
        low=-1.0, high=1.0, undefined="only one frame was looked at",
        higher="Move more towards the end", lower="Move most at the start",
    ),
    _dynamics.number(
        "emotion_motion_spread", "Variation of motion", "Standard deviation over time of the picture's motion.", also=_LOOK,
        low=0.0, high=1.0, undefined="only one frame was looked at",
        higher="Alternate calm and moving pictures", lower="Keep the motion even",
    ),
    _dynamics.per_10_s(
        "emotion_expression_changes_per_10s", "Changes of expression",
        "Changes of the main face's expression per ten seconds in which one was read; what holds for less than 0.75 s is "
        "skipped.",
        also=_PEOPLE, noun="changes", undefined=NO_EXPRESSION,
        higher="Change your expression more often", lower="Hold one expression",
    ),
    _dynamics.number(
        "emotion_valence_trend_proxy", "Change of valence (proxy)",
        "Share of smiles minus share of frowns in the last third, minus the same in the first third.", also=_PEOPLE, low=-2.0,
        high=2.0, undefined="no expression was read in the first or the last third",
        higher="Go from frown to smile", lower="Go from smile to frown",
    ),
    _dynamics.number(
        "emotion_brow_activity_proxy", "Activity of the brows (proxy)",
        "Standard deviation over time of the height of the main face's brows.", unit=Unit.LANDMARKS, also=_PEOPLE, low=0.0,
        undefined="no face has measured brows",
        higher="Move your brows", lower="Keep your brows calm",
    ),
    _dynamics.number(
        "emotion_loudness_range_lu", "Range of loudness as heard", "Loudness range of the sound track (EBU Tech 3342), in LU.",
        also=_AUDIO, unit=Unit.DECIBELS, low=0.0, undefined="the range of loudness was not measured",
        higher="Contrast quiet and loud parts", lower="Level quiet and loud parts out",
    ),
)  # fmt: skip
