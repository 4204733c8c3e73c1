"""A hand-made analysis small enough to check by eye, and random ones for the properties."""

import random
from datetime import UTC, datetime, timedelta

from shared.contracts.analysis import (
    Analysis,
    Audio,
    Coverage,
    EngineName,
    EngineReport,
    EngineStatus,
    Shot,
    SpeechSegment,
    TextOverlay,
    VideoInfo,
    VisualSample,
)
from shared.contracts.people import FaceSample, HandSample, People, PoseSample
from shared.contracts.record import Creator, Music, VideoRecord
from shared.contracts.spans import Box, Interval

SHA = "a" * 64
DEFAULT_ENGINES = tuple(engine for engine in EngineName if engine is not EngineName.OBJECTS)


def box(x: float, y: float, width: float, height: float) -> Box:
    return Box(x=x, y=y, width=width, height=height)


def shots(duration_s: float, *cuts: float) -> tuple[Shot, ...]:
    edges = [0.0, *cuts, duration_s]
    return tuple(Shot(start_s=edges[i], end_s=edges[i + 1]) for i in range(len(edges) - 1))


def report(duration_s: float) -> EngineReport:
    coverage = Coverage(first_s=0.0, last_s=max(0.0, duration_s - 0.5), largest_gap_s=0.5, samples=max(1, int(duration_s * 2)))
    return EngineReport(status=EngineStatus.OK, version="1", coverage=coverage)


def video(duration_s: float, *, width: int = 720, height: int = 1280, fps: float = 30.0) -> VideoInfo:
    return VideoInfo(
        sha256=SHA, duration_s=duration_s, fps=fps, width=width, height=height,
        frames=max(1, round(duration_s * fps)), codec="h264", has_audio=True,
    )  # fmt: skip


def build(duration_s: float, **blocks: object) -> Analysis:
    """An analysis in which every engine but objects ran; a block that is not given was looked at and is empty."""
    steps = max(1, round(duration_s))
    empty: dict[str, object] = {
        "video": video(duration_s),
        "profile": "test-profile",
        "engines": {engine: report(duration_s) for engine in DEFAULT_ENGINES}
        | {EngineName.OBJECTS: EngineReport(status=EngineStatus.OFF, reason="no weights were given")},
        "scenes": shots(duration_s),
        "text": (),
        "speech": (),
        "people": People(sampled_s=tuple(float(t) for t in range(steps)), faces=(), poses=(), hands=()),
        "audio": Audio(step_s=1.0, level_db=(-90.0,) * steps, brightness_hz=(0.0,) * steps, onsets_s=(), silences=()),
        "visuals": tuple(look(float(t), 0.5, 0.2, 0.3, 0.5, 10.0, 0.0) for t in range(steps)),
        "objects": None,
    }
    return Analysis.model_validate(empty | blocks)


def look(
    t_s: float, brightness: float, contrast: float, saturation: float, warmth: float, sharp: float, motion: float
) -> VisualSample:
    return VisualSample(
        t_s=t_s, brightness=brightness, contrast=contrast, saturation=saturation, warmth=warmth, sharpness=sharp, motion=motion
    )


def without(analysis: Analysis, engine: EngineName) -> Analysis:
    """The same with one engine off."""
    block = {EngineName.SCENES: "scenes"}.get(engine, engine.value)
    engines = {**analysis.engines, engine: EngineReport(status=EngineStatus.OFF, reason="switched off")}
    return analysis.model_copy(update={"engines": engines, block: None})


def hand_made() -> Analysis:
    """12 s: cuts at 2, 3, 4 and 9 s, three texts, three stretches of speech, two people; looked at once a second."""
    near, far, small = box(0.3, 0.2, 0.4, 0.3), box(0.7, 0.3, 0.2, 0.15), box(0.1, 0.3, 0.1, 0.1)
    return build(
        12.0,
        scenes=shots(12.0, 2.0, 3.0, 4.0, 9.0),
        text=(
            TextOverlay(start_s=0.0, end_s=3.0, text="STOP scrolling!", confidence=0.9, box=box(0.1, 0.1, 0.8, 0.1)),
            TextOverlay(start_s=2.0, end_s=4.0, text="3 tips", confidence=0.8, box=box(0.3, 0.45, 0.4, 0.1)),
            TextOverlay(start_s=9.0, end_s=12.0, text="Link in bio", confidence=1.0, box=box(0.2, 0.75, 0.4, 0.1)),
        ),
        speech=(
            SpeechSegment(start_s=1.0, end_s=3.0, text="Do you want more energy?", language="en"),
            SpeechSegment(start_s=3.5, end_s=4.5, text="Try this.", language="en"),
            SpeechSegment(start_s=6.0, end_s=8.0, text="Follow me for more.", language="en"),
        ),
        people=People(
            sampled_s=tuple(float(t) for t in range(12)),
            faces=(
                face(0.0, near, 0, yaw=0.0, roll=0.0, smile=0.2, mouth=0.1),
                face(1.0, near, 0, yaw=10.0, roll=4.0, smile=0.4, mouth=0.3),
                face(2.0, near, 0, yaw=-20.0, roll=-4.0, smile=0.6, mouth=0.3),
                face(3.0, near, 0, yaw=0.0, roll=0.0, smile=0.4, mouth=0.1),
                face(6.0, far, 1, yaw=30.0, roll=8.0, smile=0.0, mouth=0.2),
                face(7.0, far, 1, yaw=0.0, roll=8.0, smile=0.2, mouth=0.2),
                face(7.0, small, 2, yaw=0.0, roll=0.0, smile=0.9, mouth=0.9),
            ),
            poses=tuple(
                PoseSample(t_s=t, box=box(0.2, 0.2, 0.6, 0.8), confidence=0.9, shoulder_width=0.4, hands_raised=t == 2.0)
                for t in (0.0, 1.0, 2.0, 3.0)
            ),
            hands=(
                hand(1.0, "right", "open_palm"),
                hand(2.0, "right", "open_palm"),
                hand(2.0, "left", None),
                hand(6.0, "right", "pointing"),
                hand(9.0, "right", None),
            ),
        ),
        audio=Audio(
            step_s=1.0,
            level_db=(-10.0, -10.0, -10.0, -20.0, -20.0, -20.0, -20.0, -5.0, -20.0, -20.0, -90.0, -25.0),
            brightness_hz=(1000.0, 1000.0, 1000.0, 2000.0, 2000.0, 2000.0, 2000.0, 3000.0, 2000.0, 1000.0, 0.0, 2000.0),
            integrated_lufs=-14.0,
            tempo_bpm=120.0,
            onsets_s=(0.5, 2.05, 3.0, 6.0, 9.5),
            silences=(Interval(start_s=10.0, end_s=11.0),),
        ),
        visuals=tuple(
            look(float(t), brightness, 0.2, saturation, warmth, sharp, motion)
            for t, (brightness, saturation, warmth, sharp, motion) in enumerate(
                [(0.8, 0.6, 0.6, 10.0, 0.0)] + [(0.8, 0.6, 0.6, 10.0, 0.1)] * 3 + [(0.5, 0.3, 0.6, 10.0, 0.005)] * 4
                + [(0.2, 0.3, 0.3, 20.0, 0.05)] * 4
            )
        ),
    )  # fmt: skip


def hand_made_record() -> VideoRecord:
    """A Saturday at 18:30 UTC; a caption of two lines."""
    return VideoRecord(
        video_id="7001",
        url="https://www.tiktok.com/@maker/video/7001",
        creator=Creator(id="c1", name="maker", followers=99_999, videos=9, verified=False),
        caption="Want 3 tips? Save this 🔥🔥 @friend\nLINK in bio! #fyp #EnergyDrink #tips",
        duration_s=12,
        posted_at=datetime(2026, 3, 7, 18, 30, tzinfo=UTC),
        hashtags=("fyp", "EnergyDrink", "tips"),
        mentions=("friend",),
        language="en",
        music=Music(title="original sound", original=True),
        is_ad=False,
        is_sponsored=True,
    )


def quick() -> Analysis:
    """4 s, so hook and closing are 2 s each: three quick cuts, one person who turns bigger, looked at twice a second."""
    tiny, large = box(0.45, 0.4, 0.1, 0.1), box(0.4, 0.4, 0.2, 0.2)
    edge, foot = box(0.0, 0.4, 0.2, 0.2), box(0.0, 0.9, 1.0, 0.1)
    boxes = (*(tiny,) * 4, *(large,) * 3, edge)
    return build(
        4.0,
        scenes=shots(4.0, 0.4, 0.8, 1.2),
        text=(
            TextOverlay(start_s=0.9, end_s=2.9, text="Follow me! Really?", confidence=0.5, box=foot),
            TextOverlay(start_s=3.5, end_s=4.0, text="shop now and get the very best", confidence=0.7, box=foot),
        ),
        speech=(SpeechSegment(start_s=0.9, end_s=1.7), SpeechSegment(start_s=3.0, end_s=4.0)),
        people=People(
            sampled_s=tuple(i / 2 for i in range(8)),
            faces=tuple(
                face(i / 2, where, 0, yaw=0.0, roll=0.0, smile=0.1 if i < 4 else 0.5, mouth=0.1)
                for i, where in enumerate(boxes)
            ),
            poses=(),
            hands=(hand(1.0, "right", "thumbs_up"), hand(1.5, "right", "fist"), hand(2.0, "right", "victory")),
        ),
        audio=Audio(
            step_s=0.5, level_db=(-20.0,) * 8, brightness_hz=(0.0,) * 8, onsets_s=(),
            silences=(Interval(start_s=0.0, end_s=1.0),),
        ),
        visuals=tuple(look(i / 2, 0.5, 0.2, 0.1, 0.5, 0.0, 0.0 if i < 7 else 0.2) for i in range(8)),
    )  # fmt: skip


def face(t_s: float, where: Box, track: int, *, yaw: float, roll: float, smile: float, mouth: float) -> FaceSample:
    return FaceSample(
        t_s=t_s, box=where, confidence=0.9, track=track, yaw_deg=yaw, pitch_deg=5.0, roll_deg=roll, mouth_open=mouth,
        eyes_open=0.3, smile_proxy=smile,
    )  # fmt: skip


def hand(t_s: float, side: str, gesture: str | None) -> HandSample:
    where = box(0.6, 0.6, 0.2, 0.2)
    return HandSample.model_validate({"t_s": t_s, "box": where, "confidence": 0.9, "side": side, "gesture": gesture})


_TEXTS = (
    "Follow me for more", "3 ways to sleep", "WAIT", "what?!", "これは何", "Привет мир", "shop now", "so good", "step 1",
    "Link in bio",
    "مرحبا", "নমস্কার", "नमस्ते", "สวัสดี", "안녕", "大家好", "ok", "that is a rather long text for a small screen", "!",
    "100% REAL",
)  # fmt: skip
_TAGS = ("fyp", "viral", "skincare", "gymtok", "foryou", "morningroutine", "sleep", "tips", "Skincare")
_EXTRAS = (
    "🔥", "😂😂", "comment below!", "double tap", "https://x.example", "share this", "save this", "use code A1", "WOW", "why?",
    "\n", "#first",
)  # fmt: skip
_LANGUAGES = ("en", "es", "pt", "fr", "de", "sv", "un", None, "ja")
_GESTURES = (None, "open_palm", "pointing", "thumbs_up", "fist", "victory")


def random_spans(rng: random.Random, duration_s: float, most: int) -> list[tuple[float, float]]:
    starts = [rng.uniform(0, duration_s * 0.95) for _ in range(rng.randint(0, most))]
    return sorted((start, min(duration_s, start + rng.uniform(0.2, 5.0))) for start in starts)


def random_analysis(seed: int) -> Analysis:
    """Anything the engines could see in 1.5 to 120 s; on a grid of samples twice a second."""
    rng = random.Random(seed)
    duration = round(rng.choice((rng.uniform(1.5, 6), rng.uniform(6, 20), rng.uniform(20, 120))), 2)
    times = [i * 0.5 for i in range(max(1, int(duration * 2)))]
    transcribed = rng.random() < 0.5
    cuts = sorted({round(rng.uniform(0.1, duration - 0.1), 2) for _ in range(rng.choice((0, 2, 5, int(duration))))})
    width, height = rng.choice(((576, 1024), (1080, 1920), (720, 720), (1920, 1080)))
    return build(
        duration,
        video=video(duration, width=width, height=height, fps=rng.choice((23.976, 25.0, 30.0, 60.0))),
        scenes=shots(duration, *cuts),
        text=tuple(
            TextOverlay(start_s=a, end_s=b, text=rng.choice(_TEXTS), confidence=rng.uniform(0.5, 1), box=random_box(rng))
            for a, b in random_spans(rng, duration, rng.choice((0, 3, 12)))
        ),
        speech=tuple(
            SpeechSegment(
                start_s=a, end_s=b, text=" ".join(rng.choices(_TEXTS, k=3)) if transcribed else None,
                language=rng.choice(_LANGUAGES) if transcribed else None,
            )
            for a, b in random_spans(rng, duration, rng.choice((0, 2, 10)))
        ),
        people=random_people(rng, times),
        audio=random_audio(rng, duration),
        visuals=tuple(
            look(t, rng.random(), rng.random(), rng.uniform(0, rng.choice((0.3, 1))), rng.uniform(0.3, 0.8), rng.uniform(0, 50),
                 rng.choice((0.0, rng.random())))
            for t in times
        ),
    )  # fmt: skip


def random_box(rng: random.Random) -> Box:
    width, height = rng.uniform(0.05, 0.9), rng.uniform(0.03, 0.5)
    return box(rng.uniform(0, 1 - width), rng.uniform(0, 1 - height), width, height)


def face_box(rng: random.Random, tallest: float, anchor: float) -> Box:
    width, height = rng.uniform(0.05, 0.3), rng.uniform(0.03, tallest)
    x = min(1 - width, max(0.0, anchor + rng.uniform(-0.2, 0.2) - width / 2))
    return box(x, rng.uniform(0, 1 - height), width, height)


def random_people(rng: random.Random, times: list[float]) -> People:
    often, tallest, anchor = rng.choice((0.0, 0.3, 0.9)), rng.choice((0.15, 0.3, 0.6)), rng.choice((0.2, 0.5, 0.8))
    seen = [t for t in times if rng.random() < often]
    faces = [
        FaceSample(
            t_s=t, box=face_box(rng, tallest, anchor), confidence=rng.uniform(0.5, 1), track=rng.randint(0, 5),
            yaw_deg=rng.uniform(-60, 60), pitch_deg=rng.uniform(-25, 25), roll_deg=rng.uniform(-20, 20),
            mouth_open=rng.random(), eyes_open=rng.random(),
            smile_proxy=rng.random(),
        )
        for t in seen for _ in range(rng.choice((1, 1, 2)))
    ]  # fmt: skip
    poses = [
        PoseSample(t_s=t, box=random_box(rng), confidence=0.9, hands_raised=rng.choice((True, False, None)))
        for t in times if rng.random() < often / 2
    ]  # fmt: skip
    hands = [
        hand(t, rng.choice(("left", "right")), rng.choice(_GESTURES))
        for t in times
        for _ in range(2)
        if rng.random() < often / 3
    ]
    return People(sampled_s=tuple(times), faces=tuple(faces), poses=tuple(poses), hands=tuple(hands))


def random_audio(rng: random.Random, duration: float) -> Audio:
    step = 0.25
    steps = max(1, int(duration / step))
    base = rng.uniform(-40, -8)
    return Audio(
        step_s=step,
        level_db=tuple(max(-90.0, base + rng.gauss(0, rng.choice((1, 12)))) for _ in range(steps)),
        brightness_hz=tuple(rng.choice((0.0, rng.uniform(500, 5000))) for _ in range(steps)),
        integrated_lufs=rng.choice((None, rng.uniform(-30, -8))),
        tempo_bpm=rng.choice((None, rng.uniform(60, 180))),
        onsets_s=tuple(sorted(rng.uniform(0, duration) for _ in range(rng.choice((0, 3, int(duration * 2)))))),
        silences=tuple(Interval(start_s=a, end_s=b) for a, b in random_spans(rng, duration, rng.choice((0, 3)))),
    )


def random_record(seed: int, duration_s: float) -> VideoRecord:
    rng = random.Random(seed + 10_000)
    hashtags = tuple(rng.choices(_TAGS, k=rng.choice((0, 2, 5, 9, 20))))
    mentions = tuple(f"user{i}" for i in range(rng.randint(0, 2)))
    extras = rng.choices(_EXTRAS, k=rng.randint(0, 5))
    parts = [*rng.choices(_TEXTS, k=rng.randint(0, 6)), *extras]
    rng.shuffle(parts)
    caption = " ".join((*parts, *(f"@{name}" for name in mentions), *(f"#{tag}" for tag in hashtags)))
    creator = Creator(
        name=f"c{seed}", followers=rng.choice((None, rng.randint(0, 20_000), rng.randint(0, 5_000_000))),
        videos=rng.choice((None, rng.randint(0, 3000))), verified=rng.choice((None, True, False)),
    )  # fmt: skip
    return VideoRecord(
        video_id=str(seed), url=f"https://www.tiktok.com/@c{seed}/video/{seed}", creator=creator, caption=caption,
        duration_s=duration_s, posted_at=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=rng.randint(0, 200_000)),
        hashtags=hashtags, mentions=mentions, language=rng.choice(_LANGUAGES),
        music=Music(original=rng.choice((None, True, False))), is_ad=rng.choice((None, True, False)),
        is_sponsored=rng.choice((None, True, False)),
    )  # fmt: skip
