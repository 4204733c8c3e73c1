"""Random analyses and records for the properties: anything the engines could see, each optional field sometimes not told."""

import random
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from example_analyses import box, build, hand, look, video

from shared.contracts.analysis import (
    Analysis,
    Audio,
    Graphic,
    Objects,
    ObjectSample,
    Shot,
    SpeechSegment,
    TextOverlay,
    VisualSample,
    VoicePitch,
    Word,
)
from shared.contracts.people import FaceSample, Framing, People, PersonTrack, PoseSample
from shared.contracts.record import Creator, Music, VideoRecord
from shared.contracts.spans import Box, Interval

_TEXTS = (
    "Follow me for more", "3 ways to sleep", "WAIT", "what?!", "これは何", "Привет мир", "shop now", "so good", "step 1",
    "Link in bio",
    "مرحبا", "নমস্কার", "नमस्ते", "สวัสดี", "안녕", "大家好", "ok", "that is a rather long text for a small screen", "!",
    "100% REAL",
)  # fmt: skip
_TAGS = ("fyp", "viral", "skincare", "gymtok", "foryou", "morningroutine", "sleep", "tips", "Skincare", "stitch")
_EXTRAS = (
    "🔥", "😂😂", "comment below!", "double tap", "https://x.example", "share this", "save this", "use code A1", "WOW", "why?",
    "\n", "#first", "I love my skin", "you hate this!", "hurry, last chance", "wait for it", "part 2", "#GlowUp", "😡", "#duet",
)  # fmt: skip
_OPENINGS = ("Replying to @fan", "@friend look", "", "", "", "")
_LANGUAGES = ("en", "es", "pt", "fr", "de", "sv", "un", None, "ja")
_GESTURES = (None, "open_palm", "pointing", "thumbs_up", "fist", "victory", "counting", "waving", "holding")
_EXPRESSIONS = ("neutral", "smile", "surprise", "frown", "open_mouth", "eyes_closed")
_FILLERS = ("um", "uh", "like", "este", "euh", "ähm", "you know")

LONG = 100
"""Looks at a clip that has all four segments of the middle; what needs them is rare enough."""


def random_spans(rng: random.Random, duration_s: float, most: int) -> list[tuple[float, float]]:
    starts = [rng.uniform(0, duration_s * 0.95) for _ in range(rng.randint(0, most))]
    return sorted((start, min(duration_s, start + rng.uniform(0.2, 5.0))) for start in starts)


def random_analysis(seed: int) -> Analysis:
    """Anything the engines could see in 1.5 to 120 s; on a grid of samples twice a second."""
    rng = random.Random(seed)
    duration = round(rng.choice((rng.uniform(1.5, 6), rng.uniform(6, 20), rng.uniform(20, 120))), 2)
    times = [i * 0.5 for i in range(max(1, int(duration * 2)))]
    cuts = sorted({round(rng.uniform(0.1, duration - 0.1), 2) for _ in range(rng.choice((0, 2, 5, int(duration))))})
    width, height = rng.choice(((576, 1024), (1080, 1920), (720, 720), (1920, 1080)))
    blocks = {"objects": random_objects(rng, times)} if rng.random() < 0.7 else {}
    return build(
        duration,
        video=video(duration, width=width, height=height, fps=rng.choice((23.976, 25.0, 30.0, 60.0))),
        scenes=random_shots(rng, duration, cuts),
        text=random_texts(rng, duration),
        graphics=tuple(
            Graphic(start_s=a, end_s=b, kind=rng.choice(("sticker", "insert")), box=random_box(rng), confidence=rng.random())
            for a, b in random_spans(rng, duration, rng.choice((0, 3, 20)))
        ),
        speech=random_speech(rng, duration),
        people=random_people(rng, times),
        audio=random_audio(rng, duration),
        visuals=random_looks(rng, times),
        **blocks,
    )


def told(rng: random.Random) -> bool:
    """Whether an engine tells an optional field in this analysis."""
    return rng.random() < 0.75


def random_shots(rng: random.Random, duration: float, cuts: list[float]) -> tuple[Shot, ...]:
    edges, known, flashy = [0.0, *cuts, duration], told(rng), rng.choice((0, 0, 2))
    kinds = rng.choice((("cut",), ("cut", "fade", "dissolve")))
    return tuple(
        Shot(
            start_s=start, end_s=end, opens_with=(rng.choice(kinds) if start else "start") if known else None,
            flashes_s=tuple(sorted(rng.uniform(start, end) for _ in range(rng.randint(0, flashy)))) if known else None,
        )
        for start, end in pairwise(edges)
    )  # fmt: skip


def random_texts(rng: random.Random, duration: float) -> tuple[TextOverlay, ...]:
    known = told(rng)
    kinds = rng.choice((("caption",), ("caption", "title", "sticker", "scene")))
    return tuple(
        TextOverlay(
            start_s=a, end_s=b, text=rng.choice(_TEXTS), confidence=rng.uniform(0.5, 1), box=random_box(rng),
            kind=rng.choice(kinds) if known else None, letter_height=rng.uniform(0.01, 0.2) if known else None,
            moves=rng.random() < 0.4 if known else None, calls=rng.choice(((), (), ("en",), ("es", "pt"))) if known else None,
        )
        for a, b in random_spans(rng, duration, rng.choice((0, 3, 12)))
    )  # fmt: skip


def random_speech(rng: random.Random, duration: float) -> tuple[SpeechSegment, ...]:
    transcribed, timed = rng.random() < 0.6, told(rng)
    segments = []
    terse = round(duration * 100) % 2 == 1
    for a, longest in random_spans(rng, duration, rng.choice((0, 2, 10))):
        b = a + (longest - a) / 5 if terse else longest
        text = " ".join([*rng.choices(_TEXTS, k=3), *rng.choices(_FILLERS, k=rng.choice((0, 0, 2)))]) if transcribed else None
        segments.append(
            SpeechSegment(
                start_s=a, end_s=b, text=text, language=rng.choice(_LANGUAGES) if transcribed else None,
                confidence=rng.uniform(0.3, 1) if transcribed else None,
                words=random_words(rng, a, b, text) if text is not None and timed else None,
            )
        )  # fmt: skip
    return tuple(segments)


def random_words(rng: random.Random, start: float, end: float, text: str) -> tuple[Word, ...]:
    spoken = text.split()
    edges = sorted(rng.uniform(start, end) for _ in range(2 * len(spoken)))
    pairs = zip(spoken, edges[::2], edges[1::2], strict=True)
    return tuple(Word(start_s=a, end_s=b, text=word, confidence=rng.uniform(0.2, 1)) for word, a, b in pairs if b > a)


def random_looks(rng: random.Random, times: list[float]) -> tuple[VisualSample, ...]:
    coloured, followed = told(rng), told(rng)
    shaky = rng.choice((0.0, 0.05, 0.5))
    return tuple(
        look(
            t, rng.random(), rng.random(), rng.uniform(0, rng.choice((0.3, 1))), rng.uniform(0.3, 0.8), rng.uniform(0, 50),
            rng.choice((0.0, rng.random())), palette=random_palette(rng) if coloured else None,
            camera=(rng.gauss(0, shaky), rng.gauss(0, shaky), rng.gauss(0, shaky)) if followed and rng.random() < 0.8 else None,
        )
        for t in times
    )  # fmt: skip


def random_palette(rng: random.Random) -> tuple[tuple[str, float], ...]:
    shares = sorted((rng.random() for _ in range(rng.randint(1, 4))), reverse=True)
    total = sum(shares)
    return tuple((f"#{rng.randrange(2**24):06x}", share / total) for share in shares)


def random_objects(rng: random.Random, times: list[float]) -> Objects:
    often, followed = rng.choice((0.0, 0.2, 0.8)), told(rng)
    labels = rng.sample(("person", "cup", "bottle", "cell phone", "dog"), k=3)
    found = tuple(
        ObjectSample(
            t_s=t, label=label, confidence=rng.uniform(0.3, 1), box=random_box(rng), track=number if followed else None
        )
        for t in times for number, label in enumerate(labels) if rng.random() < often
    )  # fmt: skip
    return Objects(sampled_s=tuple(times), found=found)


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
    expressive, gazing, framed, followed = (told(rng) for _ in range(4))
    gazing = gazing or len(times) > LONG
    handy = rng.choice((0.0, often / 3, 0.5))
    faces = tuple(
        FaceSample(
            t_s=t, box=face_box(rng, tallest, anchor), confidence=rng.uniform(0.5, 1), track=rng.randint(0, 5),
            yaw_deg=rng.uniform(-60, 60), pitch_deg=rng.uniform(-25, 25), roll_deg=rng.uniform(-20, 20),
            mouth_open=rng.random(), eyes_open=rng.random(), smile_proxy=rng.random(),
            brow_raise_proxy=rng.random() if expressive else None, gaze_deg=rng.uniform(0, 60) if gazing else None,
            expression=rng.choice(_EXPRESSIONS) if expressive else None, expression_score=rng.random() if expressive else None,
        )
        for t in seen for _ in range(rng.choice((1, 1, 2)))
    )  # fmt: skip
    poses = tuple(
        PoseSample(
            t_s=t, box=random_box(rng), confidence=0.9, hands_raised=rng.choice((True, False, None)),
            shoulder_width=rng.choice((None, rng.uniform(0.1, 0.6))), track=rng.randint(0, 3) if followed else None,
        )
        for t in times if rng.random() < often / 2
    )  # fmt: skip
    hands = tuple(
        hand(t, rng.choice(("left", "right")), rng.choice(_GESTURES), rng.randint(0, 5) if framed else None)
        for t in times
        for _ in range(2)
        if rng.random() < handy
    )
    framing = tuple(Framing(t_s=t, size=rng.choice(("close_up", "medium", "full"))) for t in seen) if framed else None
    return People(
        sampled_s=tuple(times), faces=faces, poses=poses, hands=hands, framing=framing,
        tracks=random_tracks(rng, seen) if followed else None,
    )  # fmt: skip


def random_tracks(rng: random.Random, seen: list[float]) -> tuple[PersonTrack, ...]:
    if not seen:
        return ()
    spans = [sorted(rng.choices(seen, k=2)) for _ in range(rng.randint(1, 4))]
    return tuple(
        PersonTrack(start_s=start, end_s=end + 0.5, track=number, samples=int((end - start) * 2) + 1, box=random_box(rng))
        for number, (start, end) in enumerate(spans)
    )


def random_audio(rng: random.Random, duration: float) -> Audio:
    step = 0.25
    steps = max(1, int(duration / step))
    base = rng.uniform(-40, -8)
    level = tuple(max(-90.0, base + rng.gauss(0, rng.choice((1, 12)))) for _ in range(steps))
    loud, beaten, musical, pitched = (told(rng) for _ in range(4))
    return Audio(
        step_s=step,
        level_db=level,
        brightness_hz=tuple(rng.choice((0.0, rng.uniform(500, 5000))) for _ in range(steps)),
        integrated_lufs=rng.choice((None, rng.uniform(-30, -8))),
        tempo_bpm=rng.choice((None, rng.uniform(60, 180))),
        onsets_s=tuple(sorted(rng.uniform(0, duration) for _ in range(rng.choice((0, 3, int(duration * 2)))))),
        silences=tuple(Interval(start_s=a, end_s=b) for a, b in random_spans(rng, duration, rng.choice((0, 3, 12)))),
        momentary_lufs=tuple(max(-70.0, value - rng.uniform(0, 5)) for value in level) if loud else None,
        loudness_range_lu=rng.uniform(0, 20) if loud else None,
        beats_s=random_beats(rng, duration) if beaten else None,
        music=random_music(rng, duration) if musical else None,
        pitch=random_pitch(rng) if pitched else None,
    )


def random_music(rng: random.Random, duration: float) -> tuple[Interval, ...]:
    return tuple(Interval(start_s=a, end_s=b) for a, b in random_spans(rng, duration, rng.choice((0, 2, 8))))


def random_pitch(rng: random.Random) -> VoicePitch:
    median = rng.uniform(90, 260)
    low, high = median * rng.uniform(0.5, 1), median * rng.uniform(1, 2)
    return VoicePitch(median_hz=median, low_hz=low, high_hz=high, voiced_s=2.0)


def random_beats(rng: random.Random, duration: float) -> tuple[float, ...]:
    step = rng.uniform(0.35, 1.0)
    return tuple(i * step for i in range(int(duration / step))) if rng.random() < 0.8 else ()


def random_record(seed: int, duration_s: float) -> VideoRecord:
    rng = random.Random(seed + 10_000)
    hashtags = tuple(rng.choices(_TAGS, k=rng.choice((0, 2, 5, 9, 20))))
    mentions = tuple(f"user{i}" for i in range(rng.randint(0, 2)))
    extras = rng.choices(_EXTRAS, k=rng.randint(0, 5))
    parts = [*rng.choices(_TEXTS, k=rng.randint(0, 6)), *extras]
    rng.shuffle(parts)
    tagged = (*(f"@{name}" for name in mentions), *(f"#{tag}" for tag in hashtags))
    caption = " ".join((rng.choice(_OPENINGS), *rng.choice(((*tagged, *parts), (*parts, *tagged)))))
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
