"""Declarations of emotional_journey: sound energy, look and expression over time; stand-ins for feelings are proxies."""

from shared.catalogue.feature import Analysis, Block, Source, Unit
from shared.catalogue.section import Section

_AUDIO, _LOOK, _PEOPLE = (Source.AUDIO,), (Source.VISUALS,), (Source.PEOPLE,)
_NO_FACE = "no face shows it"
_NO_FACE_THERE = "no face shows it in one of the two stretches"
_core, _dynamics, _interactions, _events, _patterns, _quality = (
    Section(Analysis.EMOTIONAL_JOURNEY, block, ()) for block in Block
)

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
        also=_PEOPLE, undefined=_NO_FACE,
        higher="Smile more", lower="Keep a straighter face",
    ),
    _core.number(
        "emotion_mouth_open_proxy", "Open mouth (proxy)", "Mean opening of the main face's mouth: a ratio of landmarks.",
        also=_PEOPLE, undefined=_NO_FACE,
        higher="Be more expressive with your mouth", lower="Keep the mouth calmer",
    ),
    _core.number(
        "emotion_eyes_open_proxy", "Open eyes (proxy)", "Mean opening of the main face's eyes: a ratio of landmarks.",
        also=_PEOPLE, undefined=_NO_FACE,
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
        also=_PEOPLE, low=0.0, undefined=_NO_FACE,
        higher="Vary your expression", lower="Keep one expression",
    ),
    _dynamics.number(
        "emotion_smile_proxy_trend", "Change of the smile (proxy)",
        "Mean smile measure of the last third minus that of the first third.", also=_PEOPLE, undefined=_NO_FACE_THERE,
        higher="Let the smile grow towards the end", lower="Start with the smile",
    ),
    _dynamics.number(
        "emotion_mouth_activity_proxy", "Activity of the mouth (proxy)",
        "Standard deviation over time of the opening of the main face's mouth.", also=_PEOPLE, low=0.0, undefined=_NO_FACE,
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
    _interactions.correlation(
        "emotion_motion_loudness_sync", "Motion with loudness", "Correlation over time of motion and level.",
        also=(*_LOOK, *_AUDIO), undefined="motion or level never changes",
        higher="Move when the sound gets loud", lower="Move when the sound gets quiet",
    ),
    _interactions.correlation(
        "emotion_smile_loudness_sync", "Smile with loudness (proxy)",
        "Correlation over time of the smile measure and the level.", also=(*_PEOPLE, *_AUDIO),
        undefined="no face shows it, or one of the two never changes",
        higher="Smile when the sound gets loud", lower="Smile when the sound gets quiet",
    ),
    _interactions.number(
        "emotion_smile_in_speech_proxy", "Smile while speaking (proxy)",
        "Mean smile measure during speech minus that outside speech.", also=(*_PEOPLE, Source.SPEECH),
        undefined="no face shows it during or outside speech",
        higher="Smile while you speak", lower="Smile while you do not speak",
    ),
    _interactions.number(
        "emotion_cut_loudness_step_db", "Loudness at cuts",
        "Mean level of the 0.5 s after each cut minus that of the 0.5 s before.", also=(*_AUDIO, Source.SCENES),
        unit=Unit.DECIBELS, undefined="nothing is cut",
        higher="Let the sound rise at cuts", lower="Let the sound fall at cuts",
    ),
    _events.number(
        "emotion_hook_loudness_db", "Loudness of the hook", "Mean level of the hook minus that of the rest.", also=_AUDIO,
        unit=Unit.DECIBELS,
        higher="Open louder than the rest", lower="Open quieter than the rest",
    ),
    _events.number(
        "emotion_closing_loudness_db", "Loudness of the closing", "Mean level of the closing minus that of what is before.",
        also=_AUDIO, unit=Unit.DECIBELS,
        higher="Close louder than the rest", lower="Close quieter than the rest",
    ),
    _events.share(
        "emotion_loudest_position", "Position of the loudest moment",
        "Middle of the loudest 2 s (the first of equals) divided by the duration.", also=_AUDIO,
        higher="Put the loudest moment late", lower="Put the loudest moment early",
    ),
    _events.number(
        "emotion_hook_onsets_per_s", "Onsets in the hook", "Onsets per second in the hook.", also=_AUDIO, unit=Unit.PER_SECOND,
        noun="onsets", low=0.0,
        higher="Open with a busy sound", lower="Open with a calm sound",
    ),
    _events.share(
        "emotion_hook_silence_share", "Silence in the hook", "Share of the hook that is silent.", also=_AUDIO,
        higher="Open with silence", lower="Start the sound at once",
    ),
    _events.seconds(
        "emotion_longest_silence_s", "Longest silence", "Length of the longest silence, 0 without one.", also=_AUDIO,
        higher="Use one long silence", lower="Keep silences short",
    ),
    _events.number(
        "emotion_hook_motion", "Motion of the hook", "Mean motion of the hook minus that of the rest.", also=_LOOK, low=-1.0,
        high=1.0, undefined="only one frame was looked at",
        higher="Open with more motion than the rest", lower="Open with less motion than the rest",
    ),
    _events.number(
        "emotion_hook_brightness", "Brightness of the hook", "Mean brightness of the hook minus that of the rest.", also=_LOOK,
        low=-1.0, high=1.0,
        higher="Open brighter than the rest", lower="Open darker than the rest",
    ),
    _events.number(
        "emotion_hook_saturation", "Colour of the hook", "Mean saturation of the hook minus that of the rest.", also=_LOOK,
        low=-1.0, high=1.0,
        higher="Open with stronger colours than the rest", lower="Open with softer colours than the rest",
    ),
    _events.share(
        "emotion_most_motion_position", "Position of the most motion",
        "Start of the first looked-at frame with the most motion, divided by the duration.", also=_LOOK,
        undefined="only one frame was looked at",
        higher="Put the strongest motion late", lower="Put the strongest motion early",
    ),
    _events.number(
        "emotion_hook_smile_proxy", "Smile in the hook (proxy)", "Mean smile measure in the hook.", also=_PEOPLE,
        undefined="no face shows it in the hook",
        higher="Smile during the first 3 seconds", lower="Open with a straight face",
    ),
    _events.number(
        "emotion_closing_smile_proxy", "Smile in the closing (proxy)", "Mean smile measure in the closing.", also=_PEOPLE,
        undefined="no face shows it in the closing",
        higher="Smile during the last 3 seconds", lower="Close with a straight face",
    ),
    _events.number(
        "emotion_strongest_smile_proxy", "Strongest smile (proxy)", "Highest smile measure of the main face.", also=_PEOPLE,
        undefined=_NO_FACE,
        higher="Include one big smile", lower="Avoid big smiles",
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
        "emotion_colour_mood", "Mood of the colours (proxy)",
        "pale where mean saturation is under 0.2, else warm or cold where mean warmth is over 0.55 or under 0.45, else "
        "neutral.", ("pale", "cold", "neutral", "warm"), also=_LOOK,
        higher="Use colours like this: {option}", lower="Avoid colours like this: {option}",
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
)  # fmt: skip
