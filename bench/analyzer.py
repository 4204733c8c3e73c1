"""How long the analysis of one 60 s vertical clip takes, beside a plain decode of the same clip in the same run.

    python -m bench.analyzer [--seconds 60]

The clip is made on the spot: 720x1280, 30 fps, 20 hard cuts, 14 texts, a face that moves in every other shot, speech-like
sound. Times depend on what else the machine does; the ratio to the decode and the counters do not, or much less.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from fractions import Fraction
from importlib.metadata import version
from pathlib import Path
from typing import Any

import av
import cv2
import matplotlib as mpl
import numpy as np
from numpy.typing import NDArray

from services.analyzer.analysis import analyze
from services.analyzer.counters import Counters
from services.analyzer.engines import default_engines
from services.analyzer.native_logs import silence_native_logs

WIDTH, HEIGHT, FPS, SHOT_S, RATE = 720, 1280, 30, 3, 48_000
TEXTS = ("WAIT FOR IT", "3 tips to save", "50% OFF today", "my honest review", "link in bio", "day 7 of 30", "before / after")


def main() -> None:
    """Make the clip, measure, print a table and one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=60)
    seconds: int = parser.parse_args().seconds
    silence_native_logs()
    for engine in default_engines():
        engine.load()
    with tempfile.TemporaryDirectory() as folder:
        clip = make_clip(Path(folder) / "bench.mp4", seconds)
        measured = measure(clip, seconds)
    _print(measured)


def measure(clip: Path, seconds: int) -> dict[str, Any]:
    """Wall and CPU seconds of a plain decode and of the analysis, models loaded before."""
    decode_wall, decode_cpu, frames = _timed(lambda: _decode(clip))
    counters = Counters()
    wall, cpu, analysis = _timed(lambda: analyze(clip, counters=counters))
    return {
        "clip_s": seconds, "cores": os.cpu_count(), "load": round(os.getloadavg()[0], 1),
        "decode": {"wall_s": decode_wall, "cpu_s": decode_cpu, "frames": frames},
        "analysis": {"wall_s": wall, "cpu_s": cpu},
        "ratio_to_decode": {"wall": round(wall / decode_wall, 2), "cpu": round(cpu / decode_cpu, 2)},
        "ratio_to_real_time": round(wall / seconds, 3), "cpu_s_per_clip_s": round(cpu / seconds, 3),
        "saw": {"shots": len(analysis.scenes), "texts": len(analysis.text), "faces": len(analysis.people.faces)},
        **counters.as_dict(),
        "libraries": {name: version(name) for name in ("av", "mediapipe", "rapidocr", "openvino", "scenedetect-headless")},
    }  # fmt: skip


def make_clip(path: Path, seconds: int) -> Path:
    """Encode the clip (H.264 with B-frames, AAC)."""
    with av.open(str(path), "w") as container:
        video: Any = container.add_stream("libx264", rate=Fraction(FPS))
        video.width, video.height, video.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        video.options = {"preset": "veryfast", "crf": "23", "bf": "2", "g": "150"}
        audio: Any = container.add_stream("aac", rate=RATE)
        audio.layout = "mono"
        for picture in _pictures(seconds):
            container.mux(video.encode(av.VideoFrame.from_ndarray(picture, format="bgr24")))
        container.mux(video.encode(None))
        sound = av.AudioFrame.from_ndarray(_speech_like(seconds)[None], format="fltp", layout="mono")
        sound.sample_rate, sound.pts = RATE, 0
        container.mux(audio.encode(sound))
        container.mux(audio.encode(None))
    return path


def _pictures(seconds: int) -> Iterator[NDArray[np.uint8]]:
    rng = np.random.default_rng(7)
    photo = cv2.imread(str(Path(mpl.get_data_path()) / "sample_data" / "grace_hopper.jpg"))
    face = cv2.resize(photo, (WIDTH + 120, round(photo.shape[0] * (WIDTH + 120) / photo.shape[1])))
    for k in range(seconds * FPS):
        shot, at = divmod(k, SHOT_S * FPS)
        if at == 0:
            patches = rng.integers(20, 236, (9, 5, 3), np.uint8)
            background = cv2.resize(patches, (WIDTH, HEIGHT + 200), interpolation=cv2.INTER_CUBIC)
        picture = background[at : at + HEIGHT].copy()
        if shot % 2 == 0:
            picture[140 : 140 + len(face)] = face[:, at : at + WIDTH]
        yield _lettered(picture, TEXTS[shot % len(TEXTS)]) if shot % 3 else picture


def _lettered(picture: NDArray[np.uint8], text: str) -> NDArray[np.uint8]:
    (w, h), _ = cv2.getTextSize(text, cv2.FONT_HERSHEY_DUPLEX, 1.8, 4)
    x, y = (WIDTH - w) // 2, 1080
    cv2.rectangle(picture, (x - 20, y - h - 20), (x + w + 20, y + 24), (0, 0, 0), -1)
    cv2.putText(picture, text, (x, y), cv2.FONT_HERSHEY_DUPLEX, 1.8, (255, 255, 255), 4, cv2.LINE_AA)
    return picture


def _speech_like(seconds: int) -> NDArray[np.float32]:
    """A buzzing voice (120 Hz with harmonics) in syllables of 5 Hz, with a pause every fourth second."""
    t = np.arange(seconds * RATE) / RATE
    voice = sum(np.sin(2 * np.pi * 120 * n * t + 2 * np.sin(2 * np.pi * 3 * t)) / n for n in range(1, 20))
    return np.asarray(0.08 * voice * np.abs(np.sin(np.pi * 5 * t)) * (t % 4 < 3), np.float32)


def _decode(clip: Path) -> int:
    with av.open(str(clip)) as container:
        stream = container.streams.video[0]
        stream.thread_type = "AUTO"
        return sum(1 for _ in container.decode(stream))


def _timed(work: Any) -> tuple[float, float, Any]:
    wall, cpu = time.perf_counter(), time.process_time()
    result = work()
    return round(time.perf_counter() - wall, 2), round(time.process_time() - cpu, 2), result


def _print(measured: dict[str, Any]) -> None:
    decode, analysis, ratio, cpu = (measured[key] for key in ("decode", "analysis", "ratio_to_decode", "cpu_s"))
    rest = round(analysis["cpu_s"] - sum(cpu.values()), 2)
    lines = [
        f"clip            {measured['clip_s']} s, {WIDTH}x{HEIGHT}, {FPS} fps",
        f"machine         {measured['cores']} cores, load {measured['load']} before the run",
        f"plain decode    {decode['wall_s']} s wall, {decode['cpu_s']} s CPU, {decode['frames']} frames",
        f"analysis        {analysis['wall_s']} s wall, {analysis['cpu_s']} s CPU, {measured['frames_decoded']} frames",
        f"to decode       {ratio['wall']} x wall, {ratio['cpu']} x CPU",
        f"to real time    {measured['ratio_to_real_time']} x wall, {measured['cpu_s_per_clip_s']} x CPU",
    ]
    lines += [f"  {name:<14}{seconds} s CPU in its thread, {measured['handed'][name]} items" for name, seconds in cpu.items()]
    lines += [
        f"  {'the rest':<14}{rest} s CPU: decoding, shared pictures, MediaPipe's own threads (people)",
        f"model calls     {measured['calls']}",
        f"model loads     {measured['model_loads']}",
    ]
    sys.stdout.write("\n".join(lines) + "\n" + json.dumps(measured) + "\n")


if __name__ == "__main__":
    main()
