"""Untrusted bytes read through PyAV: what it stumbles over costs the file at most, what is wrong in our code stays a bug."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import av.error
import pytest

from services.analyzer.decode import frames
from services.analyzer.media import decoded, packets, reading
from services.analyzer.probe import probe
from services.analyzer.sound import FULL_HZ, decode_sound
from shared.contracts.failure import FailureReason
from shared.errors import BadInput, Transient
from tests.analyzer.clips import solid, texture, tone, write_clip

TS_PACKET, SOUND_PID = 188, 0x101


def with_a_new_stream_at_the_end(path: Path) -> Path:
    """A transport stream in which the last block of sound carries a number that no table announces."""
    write_clip(path, [texture(k // 10) for k in range(40)], fps=Fraction(20), sound=tone(300, 2.0))
    data = bytearray(path.read_bytes())
    starts = [at for at in range(0, len(data), TS_PACKET) if data[at + 1] & 0x40]
    last = max(at for at in starts if (data[at + 1] & 0x1F) << 8 | data[at + 2] == SOUND_PID)
    data[last + 2] ^= 4
    path.write_bytes(bytes(data))
    return path


def test_a_stream_that_appears_late_costs_nothing_that_was_there(tmp_path: Path) -> None:
    probed = probe(with_a_new_stream_at_the_end(tmp_path / "v.ts"))
    assert probed.info.frames == len(list(frames(probed))) >= 39
    assert decode_sound(probed).full[: round(1.5 * FULL_HZ)].any()


def test_no_frame_is_gigantic_wherever_the_file_announces_it(tmp_path: Path) -> None:
    """A transport stream of small pictures that goes on with one of 4112 x 4112."""
    small = write_clip(tmp_path / "small.ts", [texture(1, width=64, height=64)] * 200, fps=Fraction(20))
    large = write_clip(tmp_path / "large.ts", [solid((9, 9, 9), width=4112, height=4112)], times=[10.5])
    path = tmp_path / "v.ts"
    path.write_bytes(small.read_bytes() + large.read_bytes())
    shown = [frame.width for _, frame in frames(probe(path))]
    assert len(shown) >= 195
    assert set(shown) == {64}


def _stumbling(error: Exception) -> Any:
    """A container that PyAV can't go on with after its first packet."""

    def demux(*_streams: object) -> Iterator[str]:
        yield "packet"
        raise error

    return SimpleNamespace(demux=demux)


@pytest.mark.parametrize(
    "error",
    [IndexError("no"), av.error.InvalidDataError(1, "no"), av.error.OSError(5, "no"), av.error.MemoryError(12, "4 GB claimed")],
)
def test_a_tail_that_can_not_be_read_ends_the_packets(error: Exception) -> None:
    assert list(packets(_stumbling(error), "v.ts")) == ["packet"]


@pytest.mark.parametrize("error", [ValueError("no"), AttributeError("no"), OverflowError("no"), SystemError("no")])
def test_whatever_else_pyav_raises_is_the_files_fault_and_logged(error: Exception, capsys: pytest.CaptureFixture[str]) -> None:
    def decode() -> list[object]:
        raise error

    reads: list[Callable[[], object]] = [
        lambda: list(packets(_stumbling(error), "v.ts")),
        lambda: decoded(SimpleNamespace(decode=decode), "v.ts"),
    ]
    for read in reads:
        with pytest.raises(BadInput, match=rf"v\.ts can't be read to its end \({type(error).__name__}\)") as refused:
            read()
        assert refused.value.reason is FailureReason.CORRUPT_FILE
        assert refused.value.__cause__ is error
        said = capsys.readouterr()
        assert "Traceback" in said.out + said.err


@pytest.mark.parametrize("kind", [av.error.ArgumentError, av.error.InvalidDataError])
def test_a_damaged_packet_holds_no_frames(kind: type[Exception]) -> None:
    def decode() -> list[object]:
        raise kind(22, "bad")

    assert decoded(SimpleNamespace(decode=decode), "v.ts") is None


@pytest.mark.parametrize("error", [ValueError("no"), ZeroDivisionError("no"), IndexError("no"), RuntimeError("no")])
def test_values_that_can_not_be_converted_are_the_files_fault(error: Exception) -> None:
    with pytest.raises(BadInput, match=r"v\.ts can't be read"), reading("v.ts"):
        raise error


@pytest.mark.parametrize("error", [TypeError("no"), AttributeError("no"), NameError("no"), MemoryError(), Transient("no")])
def test_bugs_of_ours_lack_of_memory_and_known_errors_stay_what_they_are(error: Exception) -> None:
    with pytest.raises(type(error)) as raised, reading("v.ts"):
        raise error
    assert raised.value is error
