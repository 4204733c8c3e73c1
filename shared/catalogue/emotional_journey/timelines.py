"""Declarations of emotional_journey: sound, look and smile in each window of the video."""

from shared.catalogue.emotional_journey.reasons import NO_MUSIC
from shared.catalogue.feature import Analysis, Source, Unit
from shared.catalogue.section import Section
from shared.catalogue.timeline import over_time

_AUDIO, _LOOK = (Analysis.EMOTIONAL_JOURNEY, Source.AUDIO), (Analysis.EMOTIONAL_JOURNEY, Source.VISUALS)
_PEOPLE = (Analysis.EMOTIONAL_JOURNEY, Source.PEOPLE)

FEATURES = (
    *over_time(
        Section.number, _AUDIO, "emotion_{window}_loudness_db", "Loudness of {there}",
        "Mean level of the sound in {there} minus that of {rest}.", unit=Unit.DECIBELS,
        higher="Make {when} louder than the rest", lower="Make {when} quieter than the rest",
    ),
    *over_time(
        Section.share, _AUDIO, "emotion_{window}_music_share", "Music in {there}",
        "Share of {there} with music, beneath speech too.", undefined=NO_MUSIC,
        higher="Play music in {when}", lower="Leave {when} without music",
    ),
    *over_time(
        Section.share, _AUDIO, "emotion_{window}_silence_share", "Silence in {there}", "Share of {there} that is silent.",
        higher="Use silence in {when}", lower="Have sound all through {when}",
    ),
    *over_time(
        Section.number, _LOOK, "emotion_{window}_brightness", "Brightness of {there}",
        "Mean brightness of the picture in {there} minus that of {rest}.", low=-1.0, high=1.0,
        higher="Make {when} brighter than the rest", lower="Make {when} darker than the rest",
    ),
    *over_time(
        Section.number, _LOOK, "emotion_{window}_saturation", "Colour of {there}",
        "Mean saturation of the picture in {there} minus that of {rest}.", low=-1.0, high=1.0,
        higher="Use stronger colours in {when} than in the rest", lower="Use softer colours in {when} than in the rest",
    ),
    *over_time(
        Section.number, _LOOK, "emotion_{window}_motion", "Motion in {there}",
        "Mean motion of the picture in {there} minus that of {rest}.", low=-1.0, high=1.0,
        undefined="only one frame was looked at",
        higher="Move more in {when} than in the rest", lower="Move less in {when} than in the rest",
    ),
    *over_time(
        Section.number, _PEOPLE, "emotion_{window}_smile_proxy", "Smile in {there} (proxy)", "Mean smile measure in {there}.",
        unit=Unit.LANDMARKS, undefined="it could not be measured on any face in {there}",
        higher="Smile in {when}", lower="Keep a straight face in {when}",
    ),
)  # fmt: skip
