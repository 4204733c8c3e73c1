"""A caption read once: its prose, words, hashtags."""

from dataclasses import dataclass
from functools import cached_property

from services.features.language import emoji, graphemes, prose, script_counts, tags
from services.features.sentiment import covered
from shared.contracts.record import VideoRecord
from shared.language import calls_to_action, words


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
    def scripts(self) -> dict[str, int]:
        """Letters of the prose per script."""
        return script_counts([self.prose])

    @cached_property
    def length(self) -> int:
        """Characters as a reader counts them."""
        return graphemes(self.text)

    @cached_property
    def emoji(self) -> tuple[str, ...]:
        """The emoji in order."""
        return emoji(self.text)

    @cached_property
    def tags(self) -> tuple[str, ...]:
        """The hashtags as they stand in the text, with their mark."""
        return tags(self.text)

    @cached_property
    def calls(self) -> frozenset[str]:
        """The kinds of calls to action."""
        return calls_to_action(self.text)

    @cached_property
    def covered(self) -> bool:
        """Whether the lists of feelings and phrases cover its language, as the platform names it or else by its words."""
        return covered(self.record.language, self.prose)

    @cached_property
    def hashtags(self) -> tuple[str, ...]:
        """Hashtags without their mark, case-folded, empty ones dropped."""
        return tuple(tag.lstrip("#＃").casefold() for tag in self.record.hashtags if tag.strip("#＃ "))
