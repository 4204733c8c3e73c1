"""The request of the sample batch: an invented tea brand that asks for two duration buckets."""

from datetime import date
from pathlib import Path

import yaml

from samples.metadata import HASHTAG
from shared.contracts.bucket import Bucket
from shared.contracts.request import BatchRequest, Brand, Client, DatasetSource

SAMPLE_CLIENT = Client(
    name="Fernwell Tea",
    industry="Cold-brew botanical tea",
    brand=Brand(
        primary_color="#14532D",
        accent_color="#D97706",
        tone="calm, curious, a little dry",
        selling_points=("Brews in cold water over night", "Whole leaves and flowers, nothing else", "Compostable sachets"),
        banned_claims=("cures", "detox", "weight loss"),
    ),
)


def sample_request() -> BatchRequest:
    """The request as a contract; its paths are relative to the request file."""
    return BatchRequest(
        client=SAMPLE_CLIENT,
        source=DatasetSource(kind="dataset", items="items.json", videos="videos"),
        hashtags=(HASHTAG,),
        buckets=(Bucket.S0_15, Bucket.S16_30),
        videos_per_bucket=40,
        posted_after=date(2026, 1, 1),
        sample_data=True,
    )


def write_request(path: Path, request: BatchRequest | None = None) -> None:
    """Write a request (the sample one by default) as YAML, without the fields that only repeat a default."""
    content = (request or sample_request()).model_dump(mode="json", exclude_defaults=True)
    path.write_text(yaml.safe_dump(content, sort_keys=False, allow_unicode=True))
