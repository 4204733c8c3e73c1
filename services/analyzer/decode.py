"""Decodes a video exactly once and hands each engine the frames it wants, through bounded queues."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import av
import cv2

from services.analyzer.at_work import AtWork, Part
from services.analyzer.counters import Counters
from services.analyzer.engines.base import Feed
from services.analyzer.frames import SMALL_SIDE, Frame, Image, picture, shared_frame
from services.analyzer.lanes import Lane
from services.analyzer.media import decoded, open_container, packets, reading, video_stream
from services.analyzer.probe import Probe
from services.analyzer.sampling import Picker, again, choose
from services.analyzer.sound import decode_sound
from shared.contracts.failure import FailureReason
from shared.errors import BadInput

MIN_DECODED = 0.9
"""A file of which fewer frames decode than this share of its packets is damaged, not a video to learn from."""


def feed(probe: Probe, lanes: Sequence[Lane], counters: Counters, at_work: AtWork) -> None:
    """Decode sound and pictures once, side by side, and put them into the lanes. Raises BadInput (corrupt_file)."""
    sound = [lane for lane in lanes if lane.engine.feed is Feed.SOUND]
    pictures = [lane for lane in lanes if lane.engine.feed is not Feed.SOUND]
    with ThreadPoolExecutor(1, "sound") as beside:
        heard = beside.submit(_feed_sound, probe, sound, at_work.on("decoding sound"))
        if pictures:
            _feed_pictures(probe, pictures, counters, at_work.on("decoding pictures"))
        heard.result()


def _feed_sound(probe: Probe, lanes: Sequence[Lane], decoding: Part) -> None:
    if lanes and probe.info.has_audio:
        with decoding:
            track = decode_sound(probe)
        for lane in lanes:
            lane.put(track)
    for lane in lanes:
        lane.close()


def _feed_pictures(probe: Probe, lanes: Sequence[Lane], counters: Counters, decoding: Part) -> None:
    cv2.setNumThreads(1)  # engines run side by side; OpenCV's own threads would fight them
    every = [lane for lane in lanes if lane.engine.feed is Feed.EVERY_FRAME]
    looks = [look for t_s in probe.times_s for look in (t_s, *_again(probe, t_s))]
    sampled = [(lane, Picker(choose(looks, lane.engine.rate_hz))) for lane in lanes if lane not in every]
    for index, (t_s, frame) in enumerate(decoding.drawing(_shown(probe, counters))):
        if every:
            small = Frame(index, t_s, _picture(probe, frame, SMALL_SIDE))
            for lane in every:
                lane.put(small)
        wanting = [lane for lane, picker in sampled if picker.wants(t_s)]
        if wanting:
            with reading(probe.path.name):
                shared = shared_frame(index, t_s, frame, probe.geometry)
            for lane in wanting:
                lane.put(shared)
    if counters.frames_decoded < MIN_DECODED * probe.info.frames:
        raise BadInput(
            FailureReason.CORRUPT_FILE,
            f"Only {counters.frames_decoded} of {probe.info.frames} frames of {probe.path.name} decode: the file is damaged.",
        )
    for lane in lanes:
        lane.close()


def _shown(probe: Probe, counters: Counters) -> Iterator[tuple[float, av.VideoFrame]]:
    """Every frame that decodes, and again while it is held; no longer, as a frame that was lost may have shown anything."""
    for t_s, frame in frames(probe):
        counters.frame_decoded()
        yield t_s, frame
        for later_s in _again(probe, t_s):
            yield later_s, frame


def _again(probe: Probe, t_s: float) -> tuple[float, ...]:
    return again(probe.times_s, t_s, probe.info.duration_s)


def _picture(probe: Probe, frame: av.VideoFrame, side: int) -> Image:
    with reading(probe.path.name):
        return picture(frame, probe.geometry, side)


def frames(probe: Probe) -> Iterator[tuple[float, av.VideoFrame]]:
    """Every frame that decodes, in display order, with its time in seconds from the first displayed frame."""
    name = probe.path.name
    with open_container(probe.path) as container:
        stream = video_stream(container, name)
        stream.thread_type = "AUTO"  # libav's default (slices) takes twice as long
        last = -1.0
        for packet in packets(container, name, stream):
            for frame in decoded(packet, name) or ():
                t_s = 0.0 if frame.time is None else round(frame.time - probe.origin_s, 6)
                if t_s > last:  # a repeated or discarded stamp is no new picture
                    last = t_s
                    yield t_s, frame
