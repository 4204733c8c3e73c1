"""A caption read once: its prose, words, hashtags."""

from dataclasses import dataclass
from functools import cached_property

from services.features.language import prose, words
from shared.contracts.record import VideoRecord


@dataclass(frozen=True)
class Caption:
    """What the formulas read off a record's text."""

    record: VideoRecord

    @property
    def text(self) -> str:
        """The caption without white space around it."""
        return self.record.caption.strip()

    @cached_property
    def prose(self) -> str:
        """The caption without links, hashtags and mentions."""
        return prose(self.record.caption)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of the prose, case-folded."""
        return words(self.prose)

    @cached_property
    def hashtags(self) -> tuple[str, ...]:
        """Hashtags without their mark, case-folded, empty ones dropped."""
        return tuple(tag.lstrip("#＃").casefold() for tag in self.record.hashtags if tag.strip("#＃ "))
