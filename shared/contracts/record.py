"""One scraped video: what is known before posting (VideoRecord) and what happened after (Outcome), kept apart."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from shared.contracts.base import Contract, VideoId

Count = Annotated[int, Field(ge=0)]


class Creator(Contract):
    """Who posted; counts as scraped."""

    id: str | None = None
    name: str
    followers: Count | None = None
    videos: Count | None = None
    verified: bool | None = None


class Music(Contract):
    """The sound of the post as the platform names it."""

    id: str | None = None
    title: str | None = None
    author: str | None = None
    original: bool | None = None


class VideoRecord(Contract):
    """What a creator controls or knows before posting. Fields that a scraper did not give are None, never 0."""

    video_id: VideoId
    url: str
    creator: Creator
    caption: str
    duration_s: Annotated[float, Field(gt=0)]
    posted_at: datetime
    hashtags: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    language: str | None = None
    music: Music | None = None
    is_ad: bool | None = None
    is_sponsored: bool | None = None
    is_pinned: bool | None = None
    country: str | None = None


class Outcome(Contract):
    """What the platform counted. Never a feature."""

    views: Annotated[int, Field(ge=1)]
    likes: Count
    comments: Count
    shares: Count
    saves: Count | None = None
    reposts: Count | None = None

    @property
    def engagement_rate(self) -> float:
        """(likes + comments + shares) / views."""
        return (self.likes + self.comments + self.shares) / self.views


class ScrapedVideo(Contract):
    """The record artifact that video.selected names."""

    record: VideoRecord
    outcome: Outcome
