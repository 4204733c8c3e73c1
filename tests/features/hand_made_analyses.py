"""Two analyses small enough to check by eye, and the metadata of the first."""

from datetime import UTC, datetime

from example_analyses import box, build, face, hand, look, shots

from shared.contracts.analysis import (
    Analysis,
    Audio,
    Graphic,
    Objects,
    ObjectSample,
    Shot,
    SpeechSegment,
    TextOverlay,
    VoicePitch,
    Word,
)
from shared.contracts.people import Framing, People, PersonTrack, PoseSample
from shared.contracts.record import Creator, Music, VideoRecord
from shared.contracts.spans import Interval

NEAR, FAR, SMALL = box(0.3, 0.2, 0.4, 0.3), box(0.7, 0.3, 0.2, 0.15), box(0.1, 0.3, 0.1, 0.1)
RED, WHITE, BLUE = "#ff0000", "#ffffff", "#0000ff"


def hand_made() -> Analysis:
    """12 s: transitions at 2, 3, 4 and 9 s, three texts, three stretches of speech, two people; looked at once a second."""
    return build(
        12.0, scenes=_shots(), text=_texts(), speech=_speech(), people=_people(), audio=_audio(), visuals=_pictures(),
        graphics=(
            Graphic(start_s=1.0, end_s=3.0, kind="sticker", box=box(0.7, 0.1, 0.2, 0.1), confidence=0.9),
            Graphic(start_s=5.0, end_s=8.0, kind="insert", box=box(0.2, 0.2, 0.6, 0.4), confidence=0.8),
        ),
        objects=Objects(
            sampled_s=tuple(float(t) for t in range(12)),
            found=(
                *(ObjectSample(t_s=t, label="person", confidence=0.9, box=box(0.2, 0.2, 0.6, 0.8)) for t in (0.0, 1.0)),
                *(ObjectSample(t_s=t, label="cup", confidence=0.7, box=SMALL, track=1) for t in (4.0, 5.0, 6.0)),
                ObjectSample(t_s=9.0, label="bottle", confidence=0.8, box=FAR, track=2),
            ),
        ),
    )  # fmt: skip


def _shots() -> tuple[Shot, ...]:
    return (
        Shot(start_s=0.0, end_s=2.0, opens_with="start", flashes_s=()),
        Shot(start_s=2.0, end_s=3.0, opens_with="cut", flashes_s=()),
        Shot(start_s=3.0, end_s=4.0, opens_with="cut", flashes_s=()),
        Shot(start_s=4.0, end_s=9.0, opens_with="fade", flashes_s=(5.0, 6.5)),
        Shot(start_s=9.0, end_s=12.0, opens_with="dissolve", flashes_s=()),
    )


def _texts() -> tuple[TextOverlay, ...]:
    return (
        TextOverlay(
            start_s=0.0, end_s=3.0, text="STOP scrolling!", confidence=0.9, box=box(0.1, 0.1, 0.8, 0.1),
            kind="title", letter_height=0.08, moves=False, calls=(),
        ),
        TextOverlay(
            start_s=2.0, end_s=4.0, text="3 tips", confidence=0.8, box=box(0.3, 0.45, 0.4, 0.1),
            kind="sticker", letter_height=0.06, moves=True, calls=(),
        ),
        TextOverlay(
            start_s=9.0, end_s=12.0, text="Link in bio", confidence=1.0, box=box(0.2, 0.75, 0.4, 0.1),
            kind="caption", letter_height=0.05, moves=False, calls=("en",),
        ),
    )  # fmt: skip


def _words(*spoken: tuple[float, float, str]) -> tuple[Word, ...]:
    return tuple(Word(start_s=start, end_s=end, text=text, confidence=0.9) for start, end, text in spoken)


def _speech() -> tuple[SpeechSegment, ...]:
    return (
        SpeechSegment(
            start_s=1.0, end_s=3.0, text="Do you want more energy?", language="en", confidence=0.9,
            words=_words((1.0, 1.2, "Do"), (1.2, 1.4, "you"), (1.6, 1.9, "want"), (1.9, 2.2, "more"), (2.4, 3.0, "energy?")),
        ),
        SpeechSegment(
            start_s=3.5, end_s=4.5, text="Try this.", language="en", confidence=0.6,
            words=_words((3.5, 3.8, "Try"), (4.0, 4.4, "this.")),
        ),
        SpeechSegment(
            start_s=6.0, end_s=8.0, text="Follow me for more.", language="en", confidence=0.8,
            words=_words((6.0, 6.5, "Follow"), (6.5, 6.8, "me"), (7.0, 7.2, "for"), (7.2, 7.8, "more.")),
        ),
    )  # fmt: skip


def _people() -> People:
    return People(
        sampled_s=tuple(float(t) for t in range(12)),
        faces=(
            face(0.0, NEAR, 0, yaw=0.0, roll=0.0, smile=0.2, mouth=0.1, brow_raise_proxy=0.1, gaze_deg=5.0,
                 expression="neutral", expression_score=0.5),
            face(1.0, NEAR, 0, yaw=10.0, roll=4.0, smile=0.4, mouth=0.3, brow_raise_proxy=0.2, gaze_deg=10.0,
                 expression="neutral", expression_score=0.5),
            face(2.0, NEAR, 0, yaw=-20.0, roll=-4.0, smile=0.6, mouth=0.3, brow_raise_proxy=0.3, gaze_deg=20.0,
                 expression="smile", expression_score=0.6),
            face(3.0, NEAR, 0, yaw=0.0, roll=0.0, smile=0.4, mouth=0.1, brow_raise_proxy=0.2, gaze_deg=5.0,
                 expression="smile", expression_score=0.4),
            face(6.0, FAR, 1, yaw=30.0, roll=8.0, smile=0.0, mouth=0.2, brow_raise_proxy=0.1, gaze_deg=30.0,
                 expression="neutral", expression_score=0.5),
            face(7.0, FAR, 1, yaw=0.0, roll=8.0, smile=0.2, mouth=0.2, brow_raise_proxy=0.5, gaze_deg=5.0,
                 expression="surprise", expression_score=0.8),
            face(7.0, SMALL, 2, yaw=0.0, roll=0.0, smile=0.9, mouth=0.9, brow_raise_proxy=0.0, gaze_deg=5.0,
                 expression="open_mouth", expression_score=0.9),
        ),
        poses=tuple(
            PoseSample(
                t_s=t, box=box(0.2, 0.2, 0.6, 0.8), confidence=0.9, shoulder_width=0.4, hands_raised=t == 2.0, track=0
            )
            for t in (0.0, 1.0, 2.0, 3.0)
        ),
        hands=(
            hand(1.0, "right", "open_palm", 5),
            hand(2.0, "right", "open_palm", 5),
            hand(2.0, "left", None, 2),
            hand(6.0, "right", "pointing", 1),
            hand(9.0, "right", None, 0),
        ),
        tracks=(
            PersonTrack(start_s=0.0, end_s=4.0, track=0, samples=4, box=NEAR),
            PersonTrack(start_s=6.0, end_s=8.0, track=1, samples=2, box=FAR),
            PersonTrack(start_s=7.0, end_s=8.0, track=2, samples=1, box=SMALL),
        ),
        framing=(
            *(Framing(t_s=t, size="close_up") for t in (0.0, 1.0, 2.0, 3.0)),
            *(Framing(t_s=t, size="medium") for t in (6.0, 7.0)),
        ),
    )  # fmt: skip


def _audio() -> Audio:
    return Audio(
        step_s=1.0,
        level_db=(-10.0, -10.0, -10.0, -20.0, -20.0, -20.0, -20.0, -5.0, -20.0, -20.0, -90.0, -25.0),
        brightness_hz=(1000.0, 1000.0, 1000.0, 2000.0, 2000.0, 2000.0, 2000.0, 3000.0, 2000.0, 1000.0, 0.0, 2000.0),
        integrated_lufs=-14.0,
        tempo_bpm=120.0,
        onsets_s=(0.5, 2.05, 3.0, 6.0, 9.5),
        silences=(Interval(start_s=10.0, end_s=11.0),),
        momentary_lufs=(-12.0, -12.0, -12.0, -18.0, -18.0, -18.0, -18.0, -8.0, -18.0, -18.0, -70.0, -24.0),
        loudness_range_lu=8.0,
        beats_s=(1.0, 2.05, 3.1, 4.15, 5.2),
        music=(Interval(start_s=0.0, end_s=6.0),),
        pitch=VoicePitch(median_hz=200.0, low_hz=150.0, high_hz=300.0, voiced_s=4.0),
    )


def _pictures() -> tuple[object, ...]:
    looks = [(0.8, 0.6, 0.6, 10.0, 0.0)] + [(0.8, 0.6, 0.6, 10.0, 0.1)] * 3 + [(0.5, 0.3, 0.6, 10.0, 0.005)] * 4
    looks += [(0.2, 0.3, 0.3, 20.0, 0.05)] * 4
    still, pan, zoom = (0.0, 0.0, 0.0), (0.2, 0.0, 0.0), (0.0, 0.0, 0.2)
    camera = [None, pan, None, None, None, still, still, still, still, None, zoom, zoom]
    colours = [((RED, 0.6), (WHITE, 0.4))] * 4 + [((BLUE, 1.0),)] * 8
    return tuple(
        look(float(t), brightness, 0.2, saturation, warmth, sharp, motion, palette=colours[t], camera=camera[t])
        for t, (brightness, saturation, warmth, sharp, motion) in enumerate(looks)
    )


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
