"""Fades, dissolves and flashes, from a small picture of every frame: where one picture turns into another, or only blinks."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

GRAIN = 5.0
"""Differences of this many levels are noise: two plain surfaces are alike."""
PARAMETERS: dict[str, Any] = {
    "black": 30.0, "white": 225.0, "blank_share": 0.8, "blank_shot_s": 0.8, "ramp_frames": 2, "ramp_s": 1.5, "growth": 0.3,
    "half_s": [0.17, 0.24, 0.33, 0.47, 0.66, 0.93], "half_frames": 5, "change": 20.0, "residual": 0.3, "bend": 0.15,
    "outside": 0.45, "alike": 0.65, "flash_s": 0.25, "flash_rise": 15.0, "flash_left": 0.4, "flash_alike": 0.6,
    "flash_light": 8.0, "flash_calm": 0.25, "grain": GRAIN,
}  # fmt: skip
"""Levels of 0..255 and shares, tuned on generated films (seeds 1000 and up of bench/accuracy/films.py)."""

Curve = NDArray[np.float64]
Rows = NDArray[np.float32]
"""n small pictures as rows of levels."""


@dataclass(frozen=True)
class Span:
    """A gradual transition or a flash: the last frame before it, where the new (or bright) picture begins, its last frame."""

    first: int
    middle: int
    last: int

    def touches(self, other: "Span") -> bool:
        """Whether they share more than an edge."""
        return self.first < other.last and other.first < self.last


def flashes(times: Curve, rows: Rows, cuts: list[int]) -> list[Span]:
    """Where the picture jumps and is back as it was within 0.25 s: `middle` is the first frame of the blink.

    Looked for where light rises suddenly and at every frame that a cut detector holds for a new shot.
    """
    rises = np.flatnonzero(np.diff(rows.mean(axis=1)) >= PARAMETERS["flash_rise"])
    found: list[Span] = []
    for k in sorted({*(int(rise) for rise in rises), *(cut - 1 for cut in cuts if cut)}):
        end = int(np.searchsorted(times, times[k + 1] + PARAMETERS["flash_s"], side="right"))
        away = _rms(rows[k + 1 : end + 1] - rows[k])
        if float(_rms(rows[k] - rows[max(0, k - 1)])) > PARAMETERS["flash_calm"] * away.max():
            continue  # it was on its way already: a fade
        back = np.flatnonzero(away < PARAMETERS["flash_left"] * np.maximum.accumulate(away))
        same = [int(j) for j in back if alike(rows[k], rows[k + 1 + j]) >= PARAMETERS["flash_alike"]]
        if same and not (found and k < found[-1].last):
            found.append(Span(k, k + 1, k + 1 + same[0]))
    return found


def brightens(rows: Rows, blink: Span) -> bool:
    """Whether a blink is a flash of light, not of darkness or of another picture as bright."""
    light = rows[blink.first : blink.last + 1].mean(axis=1)
    return bool(light[1:-1].max() - light[0] >= PARAMETERS["flash_light"])


def alike(a: Rows, b: Rows) -> float:
    """Correlation of two pictures: neither a change of light nor grain on a plain surface lowers it."""
    x, y, grain = a - a.mean(), b - b.mean(), len(a) * GRAIN**2
    return (float(x @ y) + grain) / float(np.sqrt((float(x @ x) + grain) * (float(y @ y) + grain)))


def fades(times: Curve, rows: Rows, blinks: list[Span]) -> list[Span]:
    """Runs of black or white frames that the picture sinks into or rises from gradually; a caption may stay on screen.

    The new shot begins in the middle of the run, or at its abrupt end where only one side is gradual; a run of 0.8 s is a
    shot of its own. A shorter one at the video's end divides no shots: `middle` is then 0 or n. One inside a flash is left out.
    """
    edges = np.flatnonzero(np.diff(np.concatenate([[0], _blank(rows).astype(np.int8), [0]])))
    found: list[Span] = []
    for a, b in edges.reshape(-1, 2):
        for fade in _fades_of(times, rows, *_core(rows, int(a), int(b))):
            if not any(other.touches(fade) for other in (*blinks, *found)):
                found.append(fade)
    return found


def _blank(rows: Rows) -> NDArray[np.bool_]:
    """Which pictures are black or white but for a fifth."""
    dark, bright = (rows < PARAMETERS["black"]).mean(axis=1), (rows > PARAMETERS["white"]).mean(axis=1)
    return np.asarray(np.maximum(dark, bright) >= PARAMETERS["blank_share"])


def _core(rows: Rows, first: int, end: int) -> tuple[int, int]:
    """The part of a blank run that looks like its blankest frame: a dark shot may begin while the run still lasts."""
    light = rows[first:end].mean(axis=1)
    blankest = first + int(np.argmax(np.abs(light - 127.5)))
    near = _rms(rows[first:end] - rows[blankest]) < GRAIN
    before, after = np.flatnonzero(~near[: blankest - first]), np.flatnonzero(~near[blankest - first :])
    return first + (int(before[-1]) + 1 if len(before) else 0), blankest + int(after[0]) if len(after) else end


def _fades_of(times: Curve, rows: Rows, a: int, b: int) -> list[Span]:
    """The fades whose blank frames are a..b - 1: none where the picture jumps, two where the blank is a shot of its own."""
    before, after = _ramp(times, rows, a, -1), _ramp(times, rows, b - 1, 1)
    out, back = Span(a - 1 - before, a, a), Span(b - 1, b, b + after)
    if times[b - 1] - times[a] >= PARAMETERS["blank_shot_s"]:
        return [span for frames, span in ((before, out), (after, back)) if frames]
    if not (before or after):
        return []
    if a == 0 or b == len(rows):
        return [Span(out.first, 0 if a == 0 else b, back.last)]
    return [Span(out.first, (a + b) // 2 if before and after else b if before else a, back.last)]


def _ramp(times: Curve, rows: Rows, edge: int, step: int) -> int:
    """How many frames a blank picture needs to become a whole one, each frame a blend of both; 0 when it jumps."""
    k = edge
    distance = 0.0
    while 0 <= k + step < len(rows) and abs(times[k + step] - times[edge]) <= PARAMETERS["ramp_s"]:
        further = float(_rms(rows[k + step] - rows[edge]))
        steady = PARAMETERS["growth"] * distance / max(1, abs(k - edge))
        if further - distance <= max(steady, 0.25):  # the picture is whole, what still changes is movement
            break
        k, distance = k + step, further
    line = _line(rows[min(edge, k) : max(edge, k) + 1])
    if line is None or line.size < PARAMETERS["change"] or line.residual > PARAMETERS["residual"]:
        return 0
    inner = int(((line.shares > 0.15) & (line.shares < 0.85)).sum())
    return abs(k - edge) if inner >= PARAMETERS["ramp_frames"] else 0


def dissolves(times: Curve, rows: Rows, taken: list[Span]) -> list[Span]:
    """Stretches that blend one picture into another: every frame lies on the line between the first and the last one.

    Told from camera movement by what lies outside (a movement goes on), from changes of light by the likeness of both ends.
    """
    step = float(np.median(np.diff(times))) if len(times) > 1 else 1.0
    rated: list[tuple[float, Span]] = []
    for half in sorted({round(h / step) for h in PARAMETERS["half_s"]}):
        if half < PARAMETERS["half_frames"]:
            continue  # a few frames of any quick movement lie near a line
        for k in _bends_little(rows, half):
            span = Span(k - half, k, k + half)
            if not any(span.touches(t) for t in taken) and (fit := _blend(rows, span)) is not None:
                rated.append((fit, span))
    found: list[Span] = []
    for _, span in sorted(rated, key=lambda pair: (pair[0], pair[1].first)):
        if not any(span.touches(other) for other in found):
            found.append(span)
    return sorted(found, key=lambda span: span.first)


def _bends_little(rows: Rows, half: int) -> list[int]:
    """Frames near the mean of the frames `half` before and after, where those two differ."""
    if len(rows) <= 2 * half:
        return []
    a, m, b = rows[: -2 * half], rows[half:-half], rows[2 * half :]
    change, bend = _rms(b - a), _rms(m - (a + b) / 2)
    return [int(k) + half for k in np.flatnonzero((change >= PARAMETERS["change"]) & (bend < PARAMETERS["residual"] * change))]


def _blend(rows: Rows, span: Span) -> float | None:
    """How badly the stretch fits a linear blend (0 is perfect); None where it is none."""
    i, j, half = span.first, span.last, span.last - span.middle
    if alike(rows[i], rows[j]) > PARAMETERS["alike"] or _blank(rows[[i, j]]).any():
        return None
    if (line := _line(rows[i : j + 1])) is None:
        return None
    bend = float(np.abs(line.shares - np.linspace(0, 1, len(line.shares))).max())
    before, after = rows[max(0, i - half)] - rows[i], rows[min(len(rows) - 1, j + half)] - rows[j]
    outside = max(float(_rms(before)), float(_rms(after))) / line.size
    if bend > PARAMETERS["bend"] or line.residual > PARAMETERS["residual"] or outside > PARAMETERS["outside"]:
        return None
    return bend + line.residual + outside


@dataclass(frozen=True)
class _Line:
    """The way from the first picture to the last: its length, how far along each one is, how far beside it the worst is."""

    size: float
    shares: Curve
    residual: float


def _line(rows: Rows) -> _Line | None:
    way = rows[-1] - rows[0]
    size = float(_rms(way))
    if size < 1:
        return None
    shares = (rows - rows[0]) @ way / float(way @ way)
    beside = _rms(rows - rows[0] - shares[:, None] * way)
    return _Line(size, np.asarray(shares, np.float64), float(beside.max()) / size)


def _rms(rows: Any) -> Any:
    return np.sqrt(np.square(rows).mean(axis=-1))
