"""Turns the knobs of one sample video into shots, texts, sentences and music with exact times."""

from collections.abc import Mapping, Sequence

import numpy as np

from samples.design import Effect, Range
from samples.lettering import Overlay
from samples.pictures import Crop, Grade
from samples.render import ShotScript, VideoScript
from samples.sound import Music, Speech
from samples.voice import SPEECH_RATE_HZ, Samples, Utterance

WIDTH, HEIGHT = 576, 1024
MIN_SHOT_S = 0.45  # shorter shots are below the minimum scene length of cut detectors
MIN_TEXT_S = 0.8  # shorter texts may fall between two samples of the text engine
LATER_TEXTS_S = 3.1  # all texts but the first wait for the end of the hook, so that only the first one's time varies there

# Unequal shares, as in life: the strongest choice shows by itself, the others once it is accounted for.
PLANTED: Mapping[str, tuple[Range, Effect]] = {
    "cuts_per_second": (Range(0.15, 0.95), Effect(+1, 0.37)),
    "first_text_s": (Range(0.0, 2.7), Effect(-1, 0.27)),
    "face_share": (Range(0.14, 0.86), Effect(+1, 0.22)),
}

NUISANCE: Mapping[str, Range] = {
    "duration_s": Range(6.8, 8.8),
    "text_share": Range(0.22, 0.36),
    "text_count": Range(1.5, 3.5, step=1),
    "text_y": Range(0.6, 0.86),
    "text_size": Range(0.065, 0.10),
    "text_plate": Range(-0.5, 1.5, step=1),
    "opens_with_face": Range(-0.5, 1.5, step=1),
    "face_zoom": Range(1.0, 1.45),
    "speech_share": Range(0.0, 0.6),
    "speech_delay": Range(0.0, 1.0),
    "words_per_minute": Range(145, 195),
    "tempo_bpm": Range(84, 150),
    "music_level_db": Range(-34, -18),
    "music_share": Range(0.5, 1.0),
    "music_delay": Range(0.0, 1.0),
    "brightness": Range(88, 158),
    "contrast": Range(34, 58),
    "saturation": Range(9, 26),
    "warmth": Range(-12, 14),
    "camera_speed": Range(0.02, 0.3),
    "frame_rate": Range(-0.5, 1.5, step=1),
    "caption_words": Range(4, 26, step=1),
    "hashtag_count": Range(1, 9, step=1),
    "post_hour": Range(0, 24),
    "post_day": Range(0, 60, step=1),
    "creator": Range(0, 16),
    "views": Range(8_000, 1_500_000, log=True),
}

SENTENCES = (
    "Here is how I make iced tea in the evening.",
    "Two spoons of leaves, cold water, and patience.",
    "You can taste the flowers right away.",
    "I did not expect this to work.",
    "Leave it in the fridge over night.",
    "My mother has done it like this for years.",
    "Add a slice of lemon and some mint.",
    "No sugar, and still it tastes sweet.",
    "This is the part that everybody gets wrong.",
    "Try it once and tell me what you think.",
)
TEXTS = (
    "WAIT FOR IT", "Cold brew tea", "3 simple steps", "No sugar needed", "My morning ritual", "You need this",
    "Over night magic", "Stop boiling tea", "Summer in a glass", "Only two minutes", "Fresh mint first", "Taste test",
    "So easy to make", "The secret is time", "Part two tomorrow", "Save this recipe",
)  # fmt: skip
_VOICES = ("en-us", "en-us+m3", "en-us+f3", "en-us+f2")


def utterances(knobs: Mapping[str, float], random: np.random.Generator) -> tuple[Utterance, ...]:
    """Sentences enough to fill the video's speech share, in the order in which they will be spoken."""
    voice, pitch = _VOICES[random.integers(len(_VOICES))], int(random.integers(35, 66))
    order = random.permutation(len(SENTENCES))[:6]
    return tuple(Utterance(SENTENCES[i], voice, round(knobs["words_per_minute"]), pitch) for i in order)


def storyboard(
    video_id: str, knobs: Mapping[str, float], spoken: Sequence[Samples], *, random: np.random.Generator
) -> VideoScript:
    """The script of one video. `spoken` are its sentences as samples; those that do not fit are left out."""
    fps = 30 if knobs["frame_rate"] > 0.5 else 25
    duration = round(knobs["duration_s"] * fps) / fps
    return VideoScript(
        video_id=video_id,
        duration_s=duration,
        fps=fps,
        width=WIDTH,
        height=HEIGHT,
        grade=Grade(knobs["brightness"], knobs["contrast"], knobs["saturation"], knobs["warmth"]),
        shots=_shots(knobs, duration, fps, random),
        overlays=_overlays(knobs, duration, random),
        music=_music(knobs, duration, random),
        speech=_speech(knobs, duration, spoken),
    )


def _shots(knobs: Mapping[str, float], duration: float, fps: int, random: np.random.Generator) -> tuple[ShotScript, ...]:
    count = max(2, round(knobs["cuts_per_second"] * duration) + 1)
    faces = _face_shots(count, knobs["face_share"] * duration, (1 - knobs["face_share"]) * duration)
    lengths = {
        True: _parts(knobs["face_share"] * duration, faces, random),
        False: _parts((1 - knobs["face_share"]) * duration, count - faces, random),
    }
    order = _order(faces, count - faces, opens=knobs["opens_with_face"] > 0.5, random=random)
    shots: list[ShotScript] = []
    start, scenery = 0.0, int(random.integers(3))
    for index, face in enumerate(order):
        end = duration if index == count - 1 else round((start + lengths[face].pop()) * fps) / fps
        picture = "face" if face else ("temple", "flower", "glow")[(scenery + index) % 3]
        shots.append(_shot(start, end, picture, index, knobs, random))
        start = end
    return tuple(shots)


def _face_shots(count: int, face_s: float, other_s: float) -> int:
    """Half of the shots, as far as both kinds keep their minimum length: so the number of face shots follows the cuts only."""
    fewest = max(1, count - max(1, int(other_s / MIN_SHOT_S)))
    most = min(count - 1, max(1, int(face_s / MIN_SHOT_S)))
    return min(max((count + 1) // 2, fewest), most)


def _parts(total: float, count: int, random: np.random.Generator) -> list[float]:
    """`count` lengths that add up to `total`; each at least MIN_SHOT_S where the total allows it."""
    least = min(MIN_SHOT_S, total / count)
    weights = random.dirichlet(np.full(count, 3.0))
    return [float(least + weight * (total - least * count)) for weight in weights]


def _order(faces: int, others: int, *, opens: bool, random: np.random.Generator) -> list[bool]:
    """Faces and scenery in up to two blocks each, so that the number of blocks says little about cuts or face share."""
    blocks = {True: _blocks(faces, random), False: _blocks(others, random)}
    order: list[bool] = []
    face = opens
    while blocks[True] or blocks[False]:
        if blocks[face]:
            order += [face] * blocks[face].pop()
        face = not face
    return order


def _blocks(count: int, random: np.random.Generator) -> list[int]:
    if count < 2:
        return [count]
    first = int(random.integers(1, count))
    return [first, count - first]


def _shot(
    start: float, end: float, picture: str, index: int, knobs: Mapping[str, float], random: np.random.Generator
) -> ShotScript:
    x, y, angle = random.random(), random.random(), random.random() * 2 * np.pi
    # Neighbouring shots of one picture alternate sides and sizes, so that the cut between them is a real jump.
    zoom = knobs["face_zoom"] * (1.0 if index % 2 else 1.25) if picture == "face" else 1.0 + 0.9 * random.random()
    speed = min(1.0, knobs["camera_speed"] * (end - start))
    return ShotScript(
        start_s=start,
        end_s=end,
        picture=picture,
        crop=Crop(zoom=zoom, x=x, y=y, mirror=index % 2 == 0),
        drift=(float(np.cos(angle)) * speed, float(np.sin(angle)) * speed),
        zoom_in=0.05 if random.random() < 0.5 else -0.05,
        pattern=int(random.integers(2**31)),
    )


def _overlays(knobs: Mapping[str, float], duration: float, random: np.random.Generator) -> tuple[Overlay, ...]:
    """Texts of a fixed total length; the first starts when it was planned, the others are spread over what is left."""
    first = knobs["first_text_s"]
    shown = min(knobs["text_share"] * duration, duration - first - 0.1)
    count = max(1, min(int(knobs["text_count"]), int(shown / MIN_TEXT_S)))
    length = shown / count
    later = max(first + length, LATER_TEXTS_S)
    gaps = _parts(duration - later - length * (count - 1), count, random)
    starts = [first]
    for gap in gaps[: count - 1]:
        starts.append(later + gap)
        later = starts[-1] + length
    words = random.permutation(len(TEXTS))[:count]
    place = (knobs["text_y"], knobs["text_size"], knobs["text_plate"] > 0.5)
    return tuple(Overlay(start, start + length, TEXTS[word], *place) for start, word in zip(starts, words, strict=True))


def _music(knobs: Mapping[str, float], duration: float, random: np.random.Generator) -> Music:
    length = knobs["music_share"] * duration
    start = knobs["music_delay"] * (duration - length)
    return Music(knobs["tempo_bpm"], knobs["music_level_db"], start, start + length, int(random.integers(2**31)))


def _speech(knobs: Mapping[str, float], duration: float, spoken: Sequence[Samples]) -> tuple[Speech, ...]:
    budget, chosen = knobs["speech_share"] * duration, list[Samples]()
    for samples in spoken:
        if (length := len(samples) / SPEECH_RATE_HZ) <= budget:
            chosen.append(samples)
            budget -= length
    silent = duration - sum(len(samples) for samples in chosen) / SPEECH_RATE_HZ
    start, pause = knobs["speech_delay"] * silent * 0.5, silent * 0.5 / max(1, len(chosen))
    sentences = []
    for samples in chosen:
        sentences.append(Speech(start, samples))
        start = sentences[-1].end_s + pause
    return tuple(sentences)
