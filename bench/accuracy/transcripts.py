"""Scores what Whisper says was said, where it has weights: word errors, and when the words begin."""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from bench.accuracy.reading import edits
from bench.accuracy.score import Score
from services.analyzer.analysis import analyze
from services.analyzer.engines.speech import SpeechEngine
from shared.contracts.analysis import EngineName, SpeechSegment
from shared.language import words

ENGINE = EngineName.SPEECH.value


def score(folder: Path) -> list[Score]:
    """The clips of a folder whose words are known; a line without a value where Whisper has no weights."""
    engine = SpeechEngine()
    known = [name for name in ("vertical_captions_voice", "lectern_speech") if (folder / f"{name}.mp4").is_file()]
    if engine.spec.lacks is not None or not known:
        return [Score(ENGINE, "words", "word errors", None, 0)]
    lines: list[Score] = []
    for name in known:
        segments = analyze(folder / f"{name}.mp4", engines=[engine]).speech or ()
        timed = folder / f"{name}.words.json"
        if timed.is_file():
            truth = [(word["word"], word["start"]) for word in json.loads(timed.read_text())["word_timestamps"]]
            lines += [errors(name, " ".join(word for word, _ in truth), segments), beginnings(name, truth, segments)]
        else:
            lines.append(errors(name, spoken(folder / f"{name}.srt"), segments))
    return lines


def spoken(subtitles: Path) -> str:
    """The text of an SRT file, without numbers and times."""
    lines = subtitles.read_text(encoding="utf-8").splitlines()
    return " ".join(line for line in lines if line and not re.fullmatch(r"\d+|.* --> .*", line))


def errors(clip: str, truth: str, segments: Sequence[SpeechSegment]) -> Score:
    """Words that would have to be changed, added or taken away, per word that was said."""
    said, heard = words(truth), words(" ".join(segment.text or "" for segment in segments))
    return Score(ENGINE, clip, "word errors", edits(said, heard) / len(said), len(said))


def beginnings(clip: str, truth: Sequence[tuple[str, float]], segments: Sequence[SpeechSegment]) -> Score:
    """How far, at the median, the beginning of a word is from that of the nearest one heard as the same, in seconds."""
    heard = [(words(word.text), word.start_s) for segment in segments for word in segment.words or ()]
    away = [min((abs(t_s - at) for text, t_s in heard if text == words(said)), default=None) for said, at in truth]
    found = [distance for distance in away if distance is not None]
    return Score(ENGINE, clip, "seconds to the word's beginning", median(found) if found else None, len(found))
