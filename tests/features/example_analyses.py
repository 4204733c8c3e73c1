"""Parts of analyses for the tests, and the empty one: every engine looked and saw nothing."""

from shared.contracts.analysis import (
    Analysis,
    Audio,
    Coverage,
    EngineName,
    EngineReport,
    EngineStatus,
    Shot,
    Swatch,
    VideoInfo,
    VisualSample,
)
from shared.contracts.people import FaceSample, HandSample, People
from shared.contracts.spans import Box

SHA = "a" * 64
DEFAULT_ENGINES = tuple(engine for engine in EngineName if engine is not EngineName.OBJECTS)


def box(x: float, y: float, width: float, height: float) -> Box:
    return Box(x=x, y=y, width=width, height=height)


def shots(duration_s: float, *cuts: float) -> tuple[Shot, ...]:
    edges = [0.0, *cuts, duration_s]
    return tuple(
        Shot(start_s=edges[i], end_s=edges[i + 1], opens_with="cut" if i else "start", flashes_s=())
        for i in range(len(edges) - 1)
    )


def report(duration_s: float) -> EngineReport:
    coverage = Coverage(first_s=0.0, last_s=max(0.0, duration_s - 0.5), largest_gap_s=0.5, samples=max(1, int(duration_s * 2)))
    return EngineReport(status=EngineStatus.OK, version="1", coverage=coverage)


def video(duration_s: float, *, width: int = 720, height: int = 1280, fps: float = 30.0) -> VideoInfo:
    return VideoInfo(
        sha256=SHA, duration_s=duration_s, fps=fps, width=width, height=height,
        frames=max(1, round(duration_s * fps)), codec="h264", has_audio=True,
    )  # fmt: skip


def reports(duration_s: float, *, objects: bool = False) -> dict[EngineName, EngineReport]:
    """Every engine ran; objects only where asked for."""
    off = EngineReport(status=EngineStatus.OFF, reason="no weights were given")
    ran = {engine: report(duration_s) for engine in DEFAULT_ENGINES}
    return {**ran, EngineName.OBJECTS: report(duration_s) if objects else off}


def build(duration_s: float, **blocks: object) -> Analysis:
    """An analysis in which every engine but objects ran; a block that is not given was looked at and is empty."""
    steps = max(1, round(duration_s))
    empty: dict[str, object] = {
        "video": video(duration_s),
        "profile": "test-profile",
        "engines": reports(duration_s, objects="objects" in blocks),
        "scenes": shots(duration_s),
        "text": (),
        "graphics": (),
        "speech": (),
        "people": People(
            sampled_s=tuple(float(t) for t in range(steps)), faces=(), poses=(), hands=(), tracks=(), framing=()
        ),
        "audio": Audio(
            step_s=1.0, level_db=(-90.0,) * steps, brightness_hz=(0.0,) * steps, onsets_s=(), silences=(), beats_s=(), music=()
        ),
        "visuals": tuple(look(float(t), 0.5, 0.2, 0.3, 0.5, 10.0, 0.0) for t in range(steps)),
        "objects": None,
    }  # fmt: skip
    return Analysis.model_validate(empty | blocks)


def look(
    t_s: float, brightness: float, contrast: float, saturation: float, warmth: float, sharp: float, motion: float,
    *, palette: tuple[tuple[str, float], ...] | None = None, camera: tuple[float, float, float] | None = None,
) -> VisualSample:  # fmt: skip
    """One look at the picture; `palette` are colours with their shares, `camera` is (x, y, zoom) per second."""
    x, y, zoom = camera or (None, None, None)
    return VisualSample(
        t_s=t_s, brightness=brightness, contrast=contrast, saturation=saturation, warmth=warmth, sharpness=sharp, motion=motion,
        palette=None if palette is None else tuple(Swatch(rgb=rgb, share=share) for rgb, share in palette),
        camera_x=x, camera_y=y, camera_zoom=zoom,
    )  # fmt: skip


def without(analysis: Analysis, engine: EngineName) -> Analysis:
    """The same with one engine off."""
    engines = {**analysis.engines, engine: EngineReport(status=EngineStatus.OFF, reason="switched off")}
    return analysis.model_copy(update={"engines": engines, engine.value: None})


def face(
    t_s: float, where: Box, track: int, *, yaw: float, roll: float, smile: float, mouth: float, **more: object
) -> FaceSample:
    """One face; `more` are the fields that an engine may leave out."""
    base = {
        "t_s": t_s, "box": where, "confidence": 0.9, "track": track, "yaw_deg": yaw, "pitch_deg": 5.0, "roll_deg": roll,
        "mouth_open": mouth, "eyes_open": 0.3, "smile_proxy": smile,
    }  # fmt: skip
    return FaceSample.model_validate(base | more)


def hand(t_s: float, side: str, gesture: str | None, fingers: int | None = None) -> HandSample:
    where = box(0.6, 0.6, 0.2, 0.2)
    return HandSample.model_validate(
        {"t_s": t_s, "box": where, "confidence": 0.9, "side": side, "gesture": gesture, "fingers": fingers}
    )
