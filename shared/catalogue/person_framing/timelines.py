"""Declarations of person_framing: face, hands, gestures and gaze in each window of the video."""

from shared.catalogue.feature import Analysis, Source
from shared.catalogue.section import Section
from shared.catalogue.timeline import over_time

_PEOPLE = (Analysis.PERSON_FRAMING, Source.PEOPLE)

FEATURES = (
    *over_time(
        Section.share, _PEOPLE, "person_{window}_face_share", "Face in {there}", "Share of {there} with a face in the picture.",
        higher="Show a face in {when}", lower="Show no face in {when}",
    ),
    *over_time(
        Section.share, _PEOPLE, "person_{window}_hands_share", "Hands in {there}",
        "Share of {there} with a hand in the picture.",
        higher="Show your hands in {when}", lower="Keep hands out of the picture in {when}",
    ),
    *over_time(
        Section.share, _PEOPLE, "person_{window}_gesture_share", "Gestures in {there}",
        "Share of {there} with a recognized gesture.",
        higher="Gesture in {when}", lower="Make no gestures in {when}",
    ),
    *over_time(
        Section.share, _PEOPLE, "person_{window}_gaze_share", "Looking into the camera in {there}",
        "Of the time in {there} with a measured gaze, the share in which the main face looks into the camera (within 10 "
        "degrees).",
        undefined="no gaze was measured in {there}",
        higher="Look into the camera in {when}", lower="Look elsewhere in {when}",
    ),
)  # fmt: skip
