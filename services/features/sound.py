"""The sound track over time: level and timbre as curves, onsets, beats, silences, music."""

from collections.abc import Sequence
from functools import cached_property
from math import ceil, floor

from services.features.absent import NotDefined
from services.features.curve import Curve
from services.features.grid import Grid
from services.features.intervals import EPSILON_S, Spans, merge
from services.features.windows import Windows
from shared.contracts.analysis import Audio

QUIET_DB = -60.0
"""Levels below this count as this: inaudible differences must not look like dynamics."""
GATE_LUFS = -70.0
"""The absolute gate of ITU-R BS.1770: what is quieter counts as this."""


class Sound:
    """The audio block within the video's duration."""

    def __init__(self, audio: Audio, windows: Windows) -> None:
        self.audio = audio
        self._duration_s = windows.duration_s
        steps = max(len(audio.level_db), len(audio.brightness_hz))
        self._grid = Grid.of([i * audio.step_s for i in range(steps)], windows.duration_s)

    @cached_property
    def level(self) -> Curve:
        """Loudness in dBFS RMS, not below QUIET_DB."""
        return self._at_least(QUIET_DB, self.audio.level_db)

    def level_steps(self, cuts: Sequence[float], reach_s: float) -> list[float]:
        """Mean level of up to `reach_s` after each cut minus that before it, each within its shot, in whole steps.

        The step in which a cut falls is heard on both sides, so it counts on neither. A cut without a whole step on each side
        is left out.
        """
        edges = [(_down(t_s, self.audio.step_s), _up(t_s, self.audio.step_s)) for t_s in cuts]
        sides = zip([(0.0, 0.0), *edges], edges, [*edges[1:], (self._duration_s,) * 2], strict=False)
        level, found = self.level.mean_within, []
        for (_, opens), (end, start), (closes, _) in sides:
            before, after = level((max(opens, end - reach_s), end)), level((start, min(closes, start + reach_s)))
            if before is not None and after is not None:
                found.append(after - before)
        return found

    @cached_property
    def momentary(self) -> Curve:
        """Momentary loudness in LUFS, not below GATE_LUFS. Raises NotDefined where it was not measured."""
        if self.audio.momentary_lufs is None:
            raise NotDefined("momentary loudness was not measured")
        return self._at_least(GATE_LUFS, self.audio.momentary_lufs)

    def _at_least(self, floor: float, values: Sequence[float]) -> Curve:
        held = [value if value > floor else floor for value in values]  # noqa: FURB136 - no call for each of hundreds
        return Curve.over(self._grid, held, "loudness")

    @cached_property
    def timbre(self) -> Curve:
        """Spectral centroid in Hz where there is sound."""
        return Curve.over(self._grid, [hz if hz > 0 else None for hz in self.audio.brightness_hz], "timbre")

    @cached_property
    def onsets(self) -> tuple[float, ...]:
        """Times at which a note, a beat or a syllable sets in."""
        return tuple(sorted(t_s for t_s in self.audio.onsets_s if t_s < self._duration_s))

    @cached_property
    def silences(self) -> Spans:
        """Silent stretches."""
        return merge((span.start_s, min(span.end_s, self._duration_s)) for span in self.audio.silences)

    @cached_property
    def beats(self) -> tuple[float, ...]:
        """Times of the beats. Raises NotDefined where there are none to tell: the sound has no clear beat, or nobody looked."""
        if self.audio.beats_s is None:
            raise NotDefined("no clear beat was found or looked for")
        return tuple(sorted(t_s for t_s in self.audio.beats_s if t_s < self._duration_s))

    @cached_property
    def music(self) -> Spans:
        """When music plays, beneath speech too. Raises NotDefined where it was not looked for."""
        if self.audio.music is None:
            raise NotDefined("music was not looked for")
        return merge((span.start_s, min(span.end_s, self._duration_s)) for span in self.audio.music)


def _down(t_s: float, step_s: float) -> float:
    return floor(t_s / step_s + EPSILON_S) * step_s


def _up(t_s: float, step_s: float) -> float:
    return ceil(t_s / step_s - EPSILON_S) * step_s
