"""Formulas of scene_pacing: how shots open, flashes, and how the camera moves."""

from itertools import pairwise
from operator import gt, lt

from services.features.binding import produces
from services.features.clip import Clip
from services.features.formulas.scene_pacing import TEXT_TOLERANCE_S, some_cut
from services.features.intervals import near_count, overlap_s
from services.features.statistics import ratio, share_of

STILL, MOVING, ZOOMING = 0.02, 0.05, 0.05
"""In frame sizes per second (zoom: growth per second); a pan of 2 % crosses the frame in 50 s."""


@produces("scene_fade_count")
def _fades(clip: Clip) -> float:
    return len(clip.transitions["fade"])


@produces("scene_dissolve_count")
def _dissolves(clip: Clip) -> float:
    return len(clip.transitions["dissolve"])


@produces("scene_hard_cut_share")
def _hard_cuts(clip: Clip) -> float:
    return len(clip.transitions["cut"]) / len(some_cut(clip))


@produces("scene_flashes_per_10s")
def _flashes(clip: Clip) -> float:
    return 10 * len(clip.flashes) / clip.duration_s


@produces("scene_cut_at_speech_start_share")
def _cut_at_speech_start(clip: Clip) -> float:
    return near_count(clip.cuts, clip.beginnings("speech"), TEXT_TOLERANCE_S) / len(some_cut(clip))


@produces("scene_camera_speed")
def _speed(clip: Clip) -> float:
    return clip.pictures.camera.mean()


@produces("scene_camera_still_share")
def _still(clip: Clip) -> float:
    camera, zoom = clip.pictures.camera, clip.pictures.zoom
    calm = overlap_s(camera.where(lt, STILL), zoom.mapped(abs).where(lt, STILL))
    return min(1.0, ratio(calm, camera.measured_s, none="the camera could not be followed"))


@produces("scene_camera_speed_spread")
def _spread(clip: Clip) -> float:
    return clip.pictures.camera.spread()


@produces("scene_camera_trend")
def _trend(clip: Clip) -> float:
    return clip.pictures.camera.change(clip.windows.first_third, clip.windows.last_third)


@produces("scene_moving_shot_share")
def _moving_shots(clip: Clip) -> float:
    camera, edges = clip.pictures.camera, (0.0, *clip.cuts, clip.duration_s)
    means = [camera.mean_within(shot) for shot in pairwise(edges)]
    return share_of([mean >= MOVING for mean in means if mean is not None], of="shots in which the camera was followed")


@produces("scene_camera_in_speech_lift")
def _in_speech(clip: Clip) -> float:
    return clip.pictures.camera.lift(clip.speech_spans, clip.windows.whole)


@produces("scene_zoom_in_share")
def _zoom_in(clip: Clip) -> float:
    return clip.pictures.zoom.share_where(gt, ZOOMING)


@produces("scene_zoom_out_share")
def _zoom_out(clip: Clip) -> float:
    return clip.pictures.zoom.share_where(lt, -ZOOMING)
