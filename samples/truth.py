"""The planted choices in words, the features that express them, and the truth file beside a sample batch."""

from typing import Literal

from shared.contracts.base import Contract

Direction = Literal["higher", "lower"]


class PlantedChoice(Contract):
    """A creative choice that drives engagement. `features` names the columns that express it, each with its direction."""

    knob: str
    sentence: str
    direction: Direction
    features: dict[str, Direction]


class SampleVideo(Contract):
    """The knobs of one video; `shots`, `texts` and `speech` are exact [start_s, end_s] times."""

    bucket: str
    engagement_rate: float
    knobs: dict[str, float]
    shots: tuple[tuple[float, float, str], ...]
    texts: tuple[tuple[float, float, str], ...]
    speech: tuple[tuple[float, float], ...]


class Truth(Contract):
    """What was planted: the choices, the share of the variance of log engagement that they explain, and every video."""

    seed: int
    explained: float
    choices: tuple[PlantedChoice, ...]
    videos: dict[str, SampleVideo]


# Every catalogue feature that measures the choice itself, with the direction that the choice gives it.
_CUTTING: dict[str, Direction] = {
    "scene_cut_count": "higher",
    "scene_cuts_per_10s": "higher",
    "scene_shot_mean_s": "lower",
    "scene_shot_median_s": "lower",
    "scene_shot_min_s": "lower",
    "scene_shot_max_s": "lower",
    "scene_short_shot_share": "higher",
    "scene_long_shot_share": "lower",
    "scene_first_cut_s": "lower",
    "scene_last_shot_s": "lower",
    "scene_hook_cut_count": "higher",
    "scene_closing_cut_count": "higher",
    "scene_busiest_3s_cuts": "higher",
    "scene_burst_count": "higher",
    "density_elements_per_s": "higher",
    "density_max_in_1_s": "higher",
    "density_longest_lull_s": "lower",
    "emotion_motion": "higher",
}
_FIRST_TEXT: dict[str, Direction] = {
    "overlay_first_s": "lower",
    "overlay_fullest_position": "lower",
    "overlay_first_third_share": "higher",
    "overlay_hook_count": "higher",
    "overlay_hook_share": "higher",
    "overlay_hook_words": "higher",
    "overlay_time_trend": "lower",
    "overlay_hook_load_per_s": "higher",
    "overlay_load_trend_per_s": "lower",
    "overlay_hook_title_share": "higher",
    "overlay_course=front": "higher",
}
_FACE: dict[str, Direction] = {
    "person_face_share": "higher",
    "person_longest_absence_s": "lower",
    "person_first_face_s": "lower",
    "person_hook_face_share": "higher",
    "person_closing_face_share": "higher",
    "person_close_up_share": "higher",
    "person_face_after_cut_share": "higher",
    "person_face_while_speech_share": "higher",
    "person_shot_size=no_face": "lower",
    "person_framed_close_up_share": "higher",
    "person_hook_framing=none": "lower",
    "density_empty_share": "lower",
}

CHOICES = (
    PlantedChoice(knob="cuts_per_second", sentence="cut to a new shot often", direction="higher", features=_CUTTING),
    PlantedChoice(knob="first_text_s", sentence="show the first text early", direction="lower", features=_FIRST_TEXT),
    PlantedChoice(knob="face_share", sentence="keep a face on screen", direction="higher", features=_FACE),
)
