"""A request file loads, or each wrong field is named with what was given and what is allowed."""

import json
import re
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from shared.contracts.request import ApifySource, BatchRequest, DatasetSource
from shared.errors import RumiError, UsageError
from shared.request_file import batch_token, client_token, load_request

EXAMPLES = Path(__file__).parents[2] / "examples"
GOOD: dict[str, Any] = {
    "client": {"name": "Gymshop", "industry": "fitness"},
    "source": {"kind": "dataset", "items": "items.json", "videos": "media"},
    "hashtags": ["#gym"],
}


def written(folder: Path, content: Any, name: str = "request.yaml") -> Path:
    path = folder / name
    path.write_text(content if isinstance(content, str) else yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return path


def complaint(folder: Path, content: Any, name: str = "request.yaml") -> str:
    with pytest.raises(UsageError) as caught:
        load_request(written(folder, content, name))
    return str(caught.value)


def test_the_apify_example_loads() -> None:
    request = load_request(EXAMPLES / "apify.yaml")
    assert isinstance(request.source, ApifySource)
    assert request.hashtags == ("containergardening", "balconygarden")
    assert len(request.buckets) == 5


def test_the_dataset_example_loads_with_paths_beside_it() -> None:
    request = load_request(EXAMPLES / "dataset.yaml")
    assert isinstance(request.source, DatasetSource)
    assert Path(request.source.items) == EXAMPLES.absolute() / "my_items.json"


def test_paths_are_seen_from_the_request_file(tmp_path: Path) -> None:
    content = GOOD | {
        "client": {"name": "A", "industry": "b", "brand": {"logo": "../logo.png"}},
        "source": {"kind": "dataset", "items": "in/items.csv", "videos": "/elsewhere/media"},
    }
    request = load_request(written(tmp_path, content))
    assert isinstance(request.source, DatasetSource)
    assert request.source.items == str(tmp_path / "in" / "items.csv")
    assert request.source.videos == "/elsewhere/media"
    assert request.client.brand.logo == str(tmp_path.parent / "logo.png")


def test_json_and_yaml_give_the_same_request(tmp_path: Path) -> None:
    from_json = load_request(written(tmp_path, json.dumps(GOOD), "request.json"))
    assert from_json == load_request(written(tmp_path, GOOD))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"buckets": ["0-20s"]}, 'buckets.0: "0-20s" is not allowed; choose from 0-15s, 16-30s, 31-60s, 61-90s, 91-120s'),
        ({"buckets": []}, "buckets: [] is not allowed; name at least 1"),
        ({"buckets": "0-15s"}, 'buckets: "0-15s" is not allowed; it must be a list'),
        ({"clinet": 1}, 'clinet: is not a known field; did you mean "client"?'),
        ({"zzz": 1}, "zzz: is not a known field; known here: version, client, source"),
        ({"client": {"name": "A", "industry": "b", "brnad": {}}}, 'client.brnad: is not a known field; did you mean "brand"?'),
        ({"client": {"industry": "b"}}, "client.name: is missing"),
        ({"client": {"name": " ", "industry": "b"}}, "client.name: "),
        ({"source": {"kind": "youtube"}}, 'source.kind: "youtube" is not allowed; choose from apify, dataset'),
        ({"source": {"items": "a"}}, "source.kind: is missing; choose from apify, dataset"),
        ({"source": {"kind": "dataset", "items": "a"}}, "source.videos: is missing"),
        ({"source": {"kind": "apify", "max_items": 9999}}, "source.max_items: 9999 is not allowed; it must be from 1 to 5000"),
        ({"videos_per_bucket": 0}, "videos_per_bucket: 0 is not allowed; it must be from 1 to 500"),
        ({"videos_per_bucket": "many"}, 'videos_per_bucket: "many" is not allowed; it must be a whole number'),
        ({"posted_after": "2025-13-45"}, 'posted_after: "2025-13-45" is not allowed; it must be a date like 2025-05-31'),
        ({"selection": "best"}, 'selection: "best" is not allowed; choose from top, spread'),
        (
            {"thresholds": {"min_success_rate": 0.2}},
            "thresholds.min_success_rate: 0.2 is not allowed; it must be from 0.8 to 1",
        ),
        ({"hashtags": [2024]}, "hashtags.0: 2024 is not allowed; it must be text; put it in quotes"),
        ({"hashtags": ["#"]}, "hashtags: holds no name"),
        ({"hashtags": ["cold brew"]}, 'hashtags: "cold brew" holds a space; write it as one word'),
        ({"hashtags": []}, "hashtags: is missing, and so is handles; name at least one hashtag or one handle"),
        ({"batch": "Frühling 1"}, 'batch: "Frühling 1" is not allowed; it must be 1 to 48 small letters, digits or hyphens'),
        ({"version": 2}, "version: 2 is not allowed; choose from 1"),
    ],
)
def test_a_wrong_field_gets_one_line(tmp_path: Path, change: dict[str, Any], expected: str) -> None:
    text = complaint(tmp_path, GOOD | change)
    assert expected in text
    assert "\n" not in text


def test_all_wrong_fields_are_listed_one_line_each(tmp_path: Path) -> None:
    text = complaint(tmp_path, {"client": {"name": "A"}, "source": {"kind": "x"}, "buckets": ["5s"], "colour": "red"})
    lines = text.splitlines()
    assert lines[0].endswith("has 5 wrong fields:")
    assert [line.split(":")[0].strip() for line in lines[1:]] == [
        "client.industry", "source.kind", "buckets.0", "colour", "hashtags",
    ]  # fmt: skip


def test_a_hashtag_lost_to_a_yaml_comment_is_explained(tmp_path: Path) -> None:
    text = complaint(tmp_path, "client: {name: A, industry: b}\nsource: {kind: apify}\nhashtags: #gym\n")
    assert "hashtags: is empty" in text
    assert "a # starts a comment" in text


def test_a_bracket_lost_to_a_yaml_comment_is_explained(tmp_path: Path) -> None:
    text = complaint(tmp_path, "client: {name: A, industry: b}\nhashtags: [gym, #yoga]\nsource: {kind: apify}\n")
    assert "not valid YAML" in text
    assert 'put it in quotes, like "#gym" (line 2).' in text
    assert "comment" not in complaint(tmp_path, 'hashtags: ["#gym"]  # [#gym]\nsource: [\n'), "the hashtag is not what is wrong"


def test_a_valid_field_beside_a_wrong_one_is_not_mentioned(tmp_path: Path) -> None:
    assert "hashtags" not in complaint(tmp_path, GOOD | {"videos_per_bucket": -1})


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("r.yaml", "client: {name: A\nsource: [", r"not valid YAML.*line \d+, column \d+"),
        ("r.yaml", "a: 1\na: 2\n", r"a stands twice.*line 2, column 1"),
        ("r.yaml", "a: *nothing\n", r"undefined alias.*line 1"),
        ("r.yaml", "", "must hold a mapping of fields to values, but holds nothing"),
        ("r.yaml", "- a\n- b\n", "but holds a list"),
        ("r.yaml", "just words\n", "but holds a text"),
        ("r.yaml", "a: 1\n---\nb: 2\n", "not valid YAML.*line 2"),
        ("r.json", '{"client": ', r"not valid JSON.*line 1, column 12"),
        ("r.json", '{"client": 1, "client": 2}', "client stands twice"),
        ("r.json", "[]", "but holds a list"),
    ],
)
def test_a_malformed_file_is_one_sentence_with_its_place(tmp_path: Path, name: str, content: str, expected: str) -> None:
    text = complaint(tmp_path, content, name)
    assert re.search(expected, text)
    assert name in text
    assert "\n" not in text


def test_files_that_can_not_be_read(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="does not exist"):
        load_request(tmp_path / "absent.yaml")
    with pytest.raises(UsageError, match="is a folder"):
        load_request(tmp_path)
    (tmp_path / "latin.yaml").write_bytes("client: ä".encode("latin-1"))
    with pytest.raises(UsageError, match="not UTF-8 text"):
        load_request(tmp_path / "latin.yaml")


LEAVES = st.none() | st.booleans() | st.floats() | st.text() | st.dates()
FIELD_NAMES = st.text() | st.sampled_from(sorted(BatchRequest.model_fields))
CONTENTS = st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(FIELD_NAMES, inner), max_leaves=8)


@given(CONTENTS)
def test_whatever_stands_in_a_file_it_loads_or_complains(tmp_path_factory: pytest.TempPathFactory, content: Any) -> None:
    path = written(tmp_path_factory.getbasetemp(), yaml.dump(content), "fuzz.yaml")
    with suppress(RumiError):
        load_request(path)


def test_tokens_are_made_of_any_script() -> None:
    request = BatchRequest.model_validate(
        GOOD | {"client": {"name": "日本 @ #x", "industry": "b"}, "hashtags": ["日本料理", "gym"]}
    )
    assert re.fullmatch(r"[a-z0-9-]{1,48}", client_token(request))
    assert re.fullmatch(r"[a-z0-9-]{1,48}", batch_token(request))
    other = BatchRequest.model_validate(GOOD | {"client": {"name": "中国 @ #x", "industry": "b"}})
    assert client_token(request) != client_token(other)


def test_a_given_batch_name_is_kept_and_a_derived_one_follows_the_content() -> None:
    request = BatchRequest.model_validate(GOOD)
    assert re.fullmatch(r"gym-[0-9a-f]{8}", batch_token(request))
    assert batch_token(request) == batch_token(BatchRequest.from_bytes(request.to_bytes()))
    assert batch_token(request) != batch_token(BatchRequest.model_validate(GOOD | {"videos_per_bucket": 7}))
    assert batch_token(BatchRequest.model_validate(GOOD | {"batch": "spring"})) == "spring"


@given(st.lists(st.text(min_size=1, max_size=200).filter(lambda name: name.strip("#@ \t\n").strip()), min_size=1, max_size=8))
def test_a_derived_batch_name_is_always_a_token(names: list[str]) -> None:
    try:
        request = BatchRequest.model_validate(GOOD | {"hashtags": names})
    except ValueError:
        return  # surrogates and other text the contract refuses
    assert re.fullmatch(r"[a-z0-9-]{1,48}", batch_token(request))
