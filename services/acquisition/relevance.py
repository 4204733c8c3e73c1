"""The relevance gate: does an item belong to what was asked for, by its own words before those of the search?

Hashtag search is fuzzy: of the videos it finds, 20 to 60 % carry other tags than the one asked for, and a pattern learned
from them says nothing about the topic. So an item's own hashtags (list or caption) decide where it has any. Only an item
without hashtags of its own is believed to belong to the page it was found on (`searchHashtag`, `input`). A free-text
`searchQuery` is no evidence. With handles, the creator must be the one asked for, or the item one of that profile's own
videos: a profile also lists reposts. With both, either is enough. Where no item of a source says anything about hashtags,
the gate can't judge, stays open, and the plan's population says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from services.acquisition.apify_items import ParsedItem
from services.acquisition.captions import normal_tag
from shared.contracts.request import BatchRequest


@dataclass(frozen=True)
class RelevanceGate:
    """What an item must carry. `blind` means that no item of the source says anything about hashtags."""

    tags: frozenset[str]
    handles: frozenset[str]
    blind: bool

    @classmethod
    def of(cls, request: BatchRequest, items: Sequence[ParsedItem]) -> "RelevanceGate":
        """The gate for a request, over all parsed items of its source."""
        tags = frozenset(map(normal_tag, request.hashtags))
        blind = bool(tags) and bool(items) and not any(item.tags or item.searched for item in items)
        return cls(tags=tags, handles=frozenset(map(normal_tag, request.handles)), blind=blind)

    def admits(self, item: ParsedItem) -> bool:
        """Whether the item belongs to the request."""
        if not self.handles.isdisjoint((normal_tag(item.video.record.creator.name), item.profile)):
            return True
        return bool(self.tags) and (self.blind or not self.tags.isdisjoint(item.tags or item.searched))

    def refusal(self, item: ParsedItem) -> str:
        """Why the item was not admitted, to follow its name in a sentence."""
        asked = " or ".join([*(f"#{tag}" for tag in sorted(self.tags)), *(f"@{name}" for name in sorted(self.handles))])
        if item.tags:
            carried = ", ".join(f"#{tag}" for tag in sorted(item.tags)[:5]) + (", …" if len(item.tags) > 5 else "")
            return f"is not about {asked}: it carries {carried} and is by @{item.video.record.creator.name}"
        return f"is not about {asked}: it carries no hashtag and is by @{item.video.record.creator.name}"
