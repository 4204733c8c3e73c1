"""A clip of 38 s whose every timeline differs from window to window, and what each window of each is, by hand."""

from collections.abc import Sequence

from example_analyses import box, build, face, hand, look, shots

from shared.contracts.analysis import Analysis, Audio, Graphic, Objects, ObjectSample, SpeechSegment, TextOverlay
from shared.contracts.people import People
from shared.contracts.spans import Interval

DURATION_S = 38
WINDOWS = {
    "hook": (0, 3),
    "middle_1": (3, 11),
    "middle_2": (11, 19),
    "middle_3": (19, 27),
    "middle_4": (27, 35),
    "closing": (35, 38),
}
"""The middle is 32 s long, so each of its four segments is 8 s."""
MIDDLE = box(0.4, 0.4, 0.2, 0.2)
SHOWN = ((0, 3, "neutral"), (4, 10, "frown"), (12, 14, "smile"), (14, 16, "neutral"), (19, 22, "surprise"), (27, 34, "neutral"),
         (36, 38, "smile"))  # fmt: skip
"""When there is a face, and with which expression."""
LOOKING = (1, 4, 5, 6, 12, 19, 20, 27, 28, 29, 30, 31, 36)
HANDS = {2: None, 3: "counting", 4: "waving", 5: "holding", 6: None, 11: "fist", 12: None, 20: "thumbs_up", 21: "victory",
         22: None, 23: None, 24: None, 28: "pointing", 35: "fist", 36: None}  # fmt: skip
THINGS = (1, 5, 6, 11, 12, 13, 25, 27, 28, 29, 30, 31, 36, 37)


def _each_second(*levels: float) -> tuple[float, ...]:
    """One value per second from one per window."""
    return tuple(level for level, (start, end) in zip(levels, WINDOWS.values(), strict=True) for _ in range(start, end))


def _spans(*edges: tuple[float, float]) -> tuple[Interval, ...]:
    return tuple(Interval(start_s=start, end_s=end) for start, end in edges)


def timed() -> Analysis:
    """Looked at once a second."""
    seconds = tuple(float(t) for t in range(DURATION_S))
    return build(
        float(DURATION_S),
        scenes=shots(float(DURATION_S), 1.0, 4.0, 5.0, 12.0, 20.0, 20.5, 20.75, 28.0, 29.0),
        text=tuple(
            TextOverlay(start_s=start, end_s=end, text="now", confidence=0.9, box=box(0.1, 0.1, 0.3, 0.1))
            for start, end in ((0, 1), (8, 9), (12, 17), (26, 27), (29, 33))
        ),
        graphics=tuple(
            Graphic(start_s=start, end_s=end, kind="sticker", box=box(0.7, 0.1, 0.2, 0.1), confidence=0.9)
            for start, end in ((0, 2), (4, 5), (12, 18), (21, 24), (33, 36.5))
        ),
        speech=tuple(
            SpeechSegment(start_s=start, end_s=end) for start, end in ((0.5, 2), (5, 7), (11, 14), (19, 20), (27, 31))
        ),
        people=_people(seconds),
        objects=Objects(
            sampled_s=seconds, found=tuple(ObjectSample(t_s=t, label="cup", confidence=0.9, box=MIDDLE) for t in THINGS)
        ),
        audio=Audio(
            step_s=1.0, level_db=_each_second(-10, -20, -30, -25, -15, -12), brightness_hz=(1000.0,) * DURATION_S, onsets_s=(),
            silences=_spans((0, 1), (6, 9), (14, 15), (22, 27), (29, 31), (35, 36)),
            music=_spans((2, 5), (13, 17), (20, 22), (30, 37)),
        ),
        visuals=_looks(seconds),
    )  # fmt: skip


def _people(seconds: Sequence[float]) -> People:
    smiles = _each_second(0.1, 0.2, 0.3, 0.4, 0.5, 0.6)
    shown = [(t, expression) for start, end, expression in SHOWN for t in range(start, end)]
    return People(
        sampled_s=tuple(seconds),
        faces=tuple(
            face(t, MIDDLE, 0, yaw=0.0, roll=0.0, smile=smiles[t], mouth=0.1, gaze_deg=5.0 if t in LOOKING else 30.0,
                 expression=expression, expression_score=0.5)
            for t, expression in shown
        ),
        poses=(),
        hands=tuple(hand(t, "right", gesture) for t, gesture in HANDS.items()),
    )  # fmt: skip


def _looks(seconds: Sequence[float]) -> tuple[object, ...]:
    light, colour = _each_second(0.2, 0.4, 0.5, 0.6, 0.8, 0.9), _each_second(0.9, 0.8, 0.6, 0.5, 0.4, 0.2)
    motion, speed = _each_second(0.1, 0.2, 0.3, 0.1, 0.4, 0.5), _each_second(0.1, 0.2, 0.3, 0.15, 0.4, 0.05)
    return tuple(
        look(t, light[i], 0.2, colour[i], 0.5, 10.0, motion[i], camera=(speed[i], 0.0, -0.1 if 19 <= i < 27 else 0.0))
        for i, t in enumerate(seconds)
    )


def _row(name: str, *values: float) -> dict[str, float]:
    return {name.replace("{window}", window): value for window, value in zip(WINDOWS, values, strict=True)}


LIGHT, PURE, MOTION, LEVEL = 21.7 / 38, 21.7 / 38, 9.8 / 38, -786 / 38
"""Means of the whole clip."""
EXPECTED: dict[str, float] = {
    **_row("density_{window}_object_share", 1 / 3, 2 / 8, 3 / 8, 1 / 8, 5 / 8, 2 / 3),
    **_row("emotion_{window}_music_share", 1 / 3, 2 / 8, 4 / 8, 2 / 8, 5 / 8, 2 / 3),
    **_row("emotion_{window}_silence_share", 1 / 3, 3 / 8, 1 / 8, 5 / 8, 2 / 8, 1 / 3),
    **_row("emotion_{window}_smile_proxy", 0.1, 0.2, 0.3, 0.4, 0.5, 0.6),
    **_row("overlay_{window}_graphic_share", 2 / 3, 1 / 8, 6 / 8, 3 / 8, 2 / 8, 1.5 / 3),
    **_row("person_{window}_face_share", 1, 6 / 8, 4 / 8, 3 / 8, 7 / 8, 2 / 3),
    **_row("person_{window}_gaze_share", 1 / 3, 3 / 6, 1 / 4, 2 / 3, 5 / 7, 1 / 2),
    **_row("person_{window}_gesture_share", 0, 3 / 8, 1 / 8, 2 / 8, 1 / 8, 1 / 3),
    **_row("person_{window}_hands_share", 1 / 3, 4 / 8, 2 / 8, 5 / 8, 1 / 8, 2 / 3),
    **_row("scene_{window}_camera_speed", 0.1, 0.2, 0.3, 0.15, 0.4, 0.05),
    # against the rest, the whole and what is before
    **_row("emotion_{window}_brightness", 0.2 - 21.1 / 35, 0.4 - LIGHT, 0.5 - LIGHT, 0.6 - LIGHT, 0.8 - LIGHT, 0.9 - 19 / 35),
    **_row("emotion_{window}_saturation", 0.9 - 19 / 35, 0.8 - PURE, 0.6 - PURE, 0.5 - PURE, 0.4 - PURE, 0.2 - 21.1 / 35),
    **_row("emotion_{window}_motion", 0.1 - 9.5 / 35, 0.2 - MOTION, 0.3 - MOTION, 0.1 - MOTION, 0.4 - MOTION, 0.5 - 8.3 / 35),
    **_row("emotion_{window}_loudness_db", 756 / 35 - 10, -20 - LEVEL, -30 - LEVEL, -25 - LEVEL, -15 - LEVEL, 750 / 35 - 12),
    # what has other columns for hook and closing
    "density_middle_1_elements_per_s": 6 / 8, "density_middle_2_elements_per_s": 5 / 8,
    "density_middle_3_elements_per_s": 7 / 8,
    "density_middle_4_elements_per_s": 6 / 8, "density_middle_1_layers": 13 / 8, "density_middle_2_layers": 14 / 8,
    "density_middle_3_layers": 10 / 8, "density_middle_4_layers": 2, "overlay_middle_1_share": 1 / 8,
    "overlay_middle_2_share": 5 / 8, "overlay_middle_3_share": 1 / 8, "overlay_middle_4_share": 4 / 8,
    "scene_middle_1_cuts_per_10s": 2.5, "scene_middle_2_cuts_per_10s": 1.25, "scene_middle_3_cuts_per_10s": 3.75,
    "scene_middle_4_cuts_per_10s": 2.5, "speech_middle_1_share": 2 / 8, "speech_middle_2_share": 3 / 8,
    "speech_middle_3_share": 1 / 8, "speech_middle_4_share": 4 / 8,
    # 15 s with hands; 25 s with a read expression
    "person_counting_share": 1 / 15, "person_waving_share": 1 / 15, "person_holding_share": 1 / 15, "person_fist_share": 2 / 15,
    "person_thumbs_up_share": 1 / 15, "person_victory_share": 1 / 15, "person_pointing_share": 1 / 15,
    "emotion_frown_share_proxy": 6 / 25, "emotion_smile_share_proxy": 4 / 25, "emotion_surprise_share_proxy": 3 / 25,
    "emotion_expressive_with_text_lift": 3 / 10 - 10 / 15, "emotion_expressive_with_music_lift": 5 / 12 - 8 / 13,
    "emotion_closing_expressive_share": 1, "scene_zoom_out_share": 8 / 38, "scene_glimpse_share": 1 / 10,
    "scene_burst_count": 1, "overlay_graphic_with_cut_share": 3 / 5,
}  # fmt: skip
