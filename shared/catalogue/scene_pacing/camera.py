"""How the camera moves. Its speed is that of the whole picture; from 2 % of the frame per second on it is seen to move."""

from shared.catalogue.feature import Analysis, Block, Source, Unit
from shared.catalogue.section import Section
from shared.catalogue.timeline import over_time

_UNFOLLOWED = "the camera could not be followed"
_THERE = "the camera could not be followed in one of the two stretches"
_core, _dynamics, _interactions, _events, _patterns, _quality = (
    Section(Analysis.SCENE_PACING, block, (Source.VISUALS,)) for block in Block
)

FEATURES = (
    _core.number(
        "scene_camera_speed", "Camera speed", "Mean speed of the camera in frame sizes per second, where it could be followed.",
        unit=Unit.PER_SECOND, noun="frame sizes", low=0.0, undefined=_UNFOLLOWED,
        higher="Move the camera faster", lower="Move the camera more slowly",
    ),
    _core.share(
        "scene_camera_still_share", "Still camera",
        "Of the time in which the camera could be followed, the share in which it moves and zooms by less than 2 % of the "
        "frame per second.",
        undefined=_UNFOLLOWED,
        higher="Keep the camera still", lower="Keep the camera moving",
    ),
    _dynamics.number(
        "scene_camera_speed_spread", "Unevenness of the camera",
        "Standard deviation over time of the camera's speed in frame sizes per second.", unit=Unit.PER_SECOND,
        noun="frame sizes", low=0.0, undefined=_UNFOLLOWED,
        higher="Mix still and fast camera work", lower="Move the camera evenly",
    ),
    _dynamics.number(
        "scene_camera_trend", "Change of the camera's speed",
        "Mean speed of the camera in the last third minus that in the first third, in frame sizes per second.",
        unit=Unit.PER_SECOND, noun="frame sizes", undefined=_THERE,
        higher="Move the camera more towards the end", lower="Move the camera most at the start",
    ),
    _interactions.share(
        "scene_moving_shot_share", "Shots with a moving camera",
        "Share of the shots in which the camera could be followed whose mean camera speed is at least 5 % of the frame per "
        "second.", also=(Source.SCENES,), undefined=_UNFOLLOWED,
        higher="Move the camera in more of your shots", lower="Keep the camera still in more of your shots",
    ),
    _interactions.number(
        "scene_camera_in_speech_lift", "Camera speed during speech",
        "Mean speed of the camera during (in) speech minus that outside speech, in frame sizes per second.",
        also=(Source.SPEECH,), unit=Unit.PER_SECOND, noun="frame sizes",
        undefined="the camera could not be followed during speech or outside it",
        higher="Move the camera while someone speaks", lower="Keep the camera calm while someone speaks",
    ),
    *over_time(
        Section.number, (Analysis.SCENE_PACING, Source.VISUALS), "scene_{window}_camera_speed", "Camera speed in {there}",
        "Mean speed of the camera in {there}, in frame sizes per second.", unit=Unit.PER_SECOND, noun="frame sizes", low=0.0,
        undefined="the camera could not be followed in {there}",
        higher="Move the camera in {when}", lower="Keep the camera still in {when}",
    ),
    _patterns.share(
        "scene_zoom_in_share", "Zooming in",
        "Of the time in which the camera could be followed, the share in which it zooms in by over 5 % per second.",
        undefined=_UNFOLLOWED,
        higher="Zoom in or come closer more", lower="Zoom in less",
    ),
    _patterns.share(
        "scene_zoom_out_share", "Zooming out",
        "Of the time in which the camera could be followed, the share in which it zooms out by over 5 % per second.",
        undefined=_UNFOLLOWED,
        higher="Zoom out or back away more", lower="Zoom out less",
    ),
)  # fmt: skip
