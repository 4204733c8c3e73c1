"""Scores when someone speaks, in steps of 10 ms: synthetic voices alone and over music at several levels, and real clips.

The voices are espeak-ng's in several languages and pitches, so what is measured is the detector over music, not over rooms and
microphones; the real clips are few. What is said is scored where Whisper has weights (transcripts.py).
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.signal import resample_poly

from bench.accuracy import sounds, transcripts
from bench.accuracy.clips import RATE, Sound, texture, write_clip
from bench.accuracy.score import Matches, Score
from samples.voice import SPEECH_RATE_HZ, Samples, Utterance, speak_all
from services.analyzer.analysis import analyze
from services.analyzer.engines.speech import SpeechEngine
from services.analyzer.settings import EngineSettings
from shared.contracts.analysis import EngineName

ENGINE = EngineName.SPEECH.value
REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "video"
"""Real clips beside the checkout, scored where they are present."""
SECONDS, STEP_S, PAUSE_S, SPEECH_DB = 30.0, 0.01, 0.3, -20.0
RATIOS_DB = (12, 6, 0)
Span = tuple[float, float]
SENTENCES = {
    "en-us": ("Three small things that changed how I cook.", "Wait for the end, it is worth it.", "Follow me for more tips."),
    "en-gb-x-rp": ("I tried this for thirty days.", "Nobody told me how easy this is.", "The link is in my bio."),
    "es": ("Esto te va a ahorrar mucho dinero.", "Guarda este video para más tarde.", "Sígueme para la segunda parte."),
    "de": (
        "Das hätte ich gern früher gewusst.",
        "Schreib mir deine Meinung in die Kommentare.",
        "Und so geht es ganz einfach.",
    ),
    "fr": ("Voici mon astuce préférée du matin.", "Abonne-toi pour ne rien manquer."),
    "pt": ("Você precisa ver este resultado.", "Comenta aqui o que você achou."),
}


def score(folder: Path, seeds: range) -> list[Score]:
    """Every seed's voices alone and over music, music alone, then the real clips."""
    plans = [_plan(seed) for seed in seeds]
    spoken = iter(speak_all([utterance for plan in plans for utterance in plan]))
    tracks = [_track(seed, [next(spoken) for _ in plan]) for seed, plan in zip(seeds, plans, strict=True)]
    lines: list[Score] = []
    every, stretches = Matches(), sum(len(truth) for _, truth in tracks)
    for ratio in (None, *RATIOS_DB):
        sums = Matches()
        for seed, (voice, truth) in zip(seeds, tracks, strict=True):
            sums += _judge(_heard(folder, _over(voice, seed, ratio)), truth, SECONDS)
        every += sums
        lines += _lines("voices alone" if ratio is None else f"voices {ratio:+d} dB over music", sums, stretches)
    alone = sum((_judge(_heard(folder, sounds.music(_rng(seed), SECONDS).sound), [], SECONDS) for seed in seeds), Matches())
    false = alone.false * STEP_S / (SECONDS * len(seeds))
    lines.append(Score(ENGINE, "music alone", "false share of time", false, len(seeds), target=0.01, sense="at most"))
    lines += _lines("all generated", every, stretches * (1 + len(RATIOS_DB)), f1=0.93)
    return [*lines, *_real(), *transcripts.score(REAL)]


def _lines(clips: str, sums: Matches, stretches: int, f1: float | None = None) -> list[Score]:
    """Over ticks, with the stretches of speech as n and without intervals: neighbouring ticks are no independent cases."""
    return [replace(line, n=stretches, low=None, high=None) for line in sums.scores(ENGINE, clips, f1=f1)]


def _plan(seed: int) -> list[Utterance]:
    rng = _rng(seed)
    voice = str(rng.choice(list(SENTENCES)))
    pitch, pace = int(rng.integers(20, 80)), int(rng.integers(130, 200))
    return [Utterance(str(text), voice, pace, pitch) for text in rng.choice(SENTENCES[voice], size=int(rng.integers(3, 7)))]


def _track(seed: int, spoken: Sequence[Samples]) -> tuple[Sound, list[Span]]:
    """The sentences spread over the time, and where there is sound of a voice (pauses under 0.3 s belong to it)."""
    rng = np.random.default_rng((seed, 1))
    voices = [np.asarray(resample_poly(samples, RATE, SPEECH_RATE_HZ), np.float32) for samples in spoken]
    free = SECONDS - sum(len(voice) for voice in voices) / RATE
    gaps = rng.dirichlet(np.ones(len(voices) + 1)) * max(free, 0.5)
    track, at = np.zeros(round(SECONDS * RATE), np.float32), 0.0
    for gap, voice in zip(gaps, voices, strict=False):
        at += gap
        part = track[round(at * RATE) :][: len(voice)]
        part += voice[: len(part)]
        at += len(voice) / RATE
    truth = _voiced(track)
    loud = np.concatenate([track[round(a * RATE) : round(b * RATE)] for a, b in truth])
    return np.asarray(track * 10 ** (SPEECH_DB / 20) / np.sqrt(np.mean(loud**2)), np.float32), truth


def _voiced(track: Sound) -> list[Span]:
    """Where the clean voice is within 40 dB of its loudest 10 ms."""
    ticks = track[: len(track) // 480 * 480].reshape(-1, 480)
    level = np.sqrt((ticks**2).mean(axis=1))
    return _joined((k * STEP_S, (k + 1) * STEP_S) for k in np.flatnonzero(level > 0.01 * level.max()))


def _over(voice: Sound, seed: int, ratio_db: int | None) -> Sound:
    """The voice with music under it; both keep their levels unless they would clip together."""
    if ratio_db is None:
        return voice
    music = sounds.music(_rng(seed), SECONDS).sound
    gain = 10 ** ((SPEECH_DB - ratio_db) / 20) / float(np.sqrt(np.mean(music**2)))
    return sounds.mix((voice, 0.0), (np.asarray(music * gain, np.float32), 0.0))


def _heard(folder: Path, sound: Sound) -> list[Span]:
    clip = write_clip(folder / "speech.mp4", [texture(1, width=64, height=96)] * round(2 * SECONDS), fps=2, sound=sound)  # type: ignore[arg-type]
    return _spans(clip)


def _spans(clip: Path) -> list[Span]:
    engine = SpeechEngine(EngineSettings(whisper="off"))
    return [(segment.start_s, segment.end_s) for segment in analyze(clip, engines=[engine]).speech or ()]


def _judge(found: Iterable[Span], truth: Iterable[Span], seconds: float) -> Matches:
    there, said = _ticks(found, seconds), _ticks(truth, seconds)
    return Matches(int((there & said).sum()), int((there & ~said).sum()), int((said & ~there).sum()))


def _ticks(spans: Iterable[Span], seconds: float) -> NDArray[np.bool_]:
    out = np.zeros(round(seconds / STEP_S), bool)
    for start, end in spans:
        out[round(start / STEP_S) : round(end / STEP_S)] = True
    return out


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Neighbours less than a pause apart are one."""
    out: list[Span] = []
    for start, end in spans:
        if out and start - out[-1][1] < PAUSE_S:
            out[-1] = out[-1][0], max(out[-1][1], end)
        else:
            out.append((start, end))
    return out


def _rng(seed: int) -> np.random.Generator:
    return np.random.default_rng(seed)


def _real() -> list[Score]:
    """Clips with times of words, subtitles or sentences."""
    lines: list[Score] = []
    for name, truth in (
        ("vertical_captions_voice.mp4", _words), ("lectern_speech.mp4", _subtitles),
        ("generated/clip15.mp4", _sentences), ("generated/talk20.mp4", _sentences),
    ):  # fmt: skip
        path = REAL / name
        if path.is_file():
            spans, seconds = _joined(truth(path)), analyze(path, engines=[]).video.duration_s
            lines += _lines(name, _judge(_spans(path), spans, seconds), len(spans))
    return lines


def _words(path: Path) -> list[Span]:
    return [(word["start"], word["end"]) for word in json.loads(path.with_suffix(".words.json").read_text())["word_timestamps"]]


def _sentences(path: Path) -> list[Span]:
    return [(speech["start"], speech["end"]) for speech in json.loads(path.with_suffix(".json").read_text())["speech"]]


def _subtitles(path: Path) -> list[Span]:
    times = re.findall(r"(\d+):(\d+):(\d+),(\d+) --> (\d+):(\d+):(\d+),(\d+)", path.with_suffix(".srt").read_text())
    clock = [[int(h) * 3600 + int(m) * 60 + int(s) + int(ms) / 1000 for h, m, s, ms in (t[:4], t[4:])] for t in times]
    return [(start, end) for start, end in clock]
