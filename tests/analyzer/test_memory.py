"""The largest clip there can be stays within the memory that a worker is planned with."""

import json
import subprocess
import sys
from pathlib import Path

import av
import pytest

from bench.clip import make_clip

MAX_PEAK_MIB = 1536
_PART_S, _PARTS = 12, 10
# VmHWM, not ru_maxrss: that one counts the process by which this one was started.
_ANALYZE = """
import json, re, sys
from pathlib import Path
from services.analyzer.analysis import analyze
analysis = analyze(Path(sys.argv[1]))
peak = int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1]) // 1024
print(json.dumps([peak, analysis.video.duration_s, analysis.video.width, len(analysis.text), len(analysis.people.faces)]))
"""


def _repeated(part: Path, times: int, out: Path) -> Path:
    """The coded packets of a clip several times over, without coding them again."""
    with av.open(str(out), "w") as target:
        with av.open(str(part)) as source:
            streams = {stream.index: target.add_stream_from_template(stream) for stream in source.streams}
        last: dict[int, int] = {}
        for turn in range(times):
            with av.open(str(part)) as source:
                for packet in source.demux():
                    if packet.dts is None or packet.pts is None:
                        continue
                    shift = round(turn * _PART_S / packet.time_base)
                    packet.pts, packet.dts = packet.pts + shift, packet.dts + shift
                    if packet.dts <= last.get(packet.stream.index, packet.dts - 1):
                        continue  # the padding at the end of the sound overlaps the next part
                    last[packet.stream.index] = packet.dts
                    packet.stream = streams[packet.stream.index]
                    target.mux(packet)
    return out


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_120_s_full_hd_clip_stays_under_one_and_a_half_gigabytes(tmp_path: Path) -> None:
    part = make_clip(tmp_path / "part.mp4", _PART_S, width=1080, height=1920)
    clip = _repeated(part.path, _PARTS, tmp_path / "whole.mp4")
    done = subprocess.run([sys.executable, "-c", _ANALYZE, str(clip)], capture_output=True, text=True, check=True)
    peak, duration_s, width, texts, faces = json.loads(done.stdout.splitlines()[-1])
    assert duration_s == pytest.approx(_PART_S * _PARTS, abs=0.5)
    assert (width, texts >= 2 * _PARTS, faces >= 10 * _PARTS) == (1080, True, True)
    assert peak < MAX_PEAK_MIB, f"{peak} MiB"
