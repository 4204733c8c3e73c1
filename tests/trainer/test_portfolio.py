import itertools
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.console.commands.compare import compare as compare_command
from services.console.commands.portfolio import portfolio as portfolio_command
from services.trainer.allocation import Limits, allocate, limits
from services.trainer.comparison import compare
from services.trainer.performance import consistency, performance
from services.trainer.portfolio import Wish, portfolio
from shared.contracts.bucket import Bucket
from shared.contracts.findings import Evidence, Findings, Pattern, Usable, Verdict
from shared.contracts.portfolio import Comparison, Portfolio, Standing
from shared.errors import UsageError
from tests.trainer.test_drift import _pattern as made_pattern

NAMES = ("a", "b", "c")


def found(
    bucket: Bucket, targets: list[float], *, searches: tuple[str, ...] = ("#tea",), patterns: tuple[Pattern, ...] = ()
) -> Findings:
    rows = tuple(Evidence(row_id=f"{bucket}-{row}", target=target, values={}) for row, target in enumerate(targets))
    return Findings(
        bucket=bucket,
        target="engagement_rate",
        verdict=Verdict.TRAINED if targets else Verdict.INSUFFICIENT_DATA,
        verdict_sentence="Learned." if targets else "Nothing was learned: 0 of 5 rows are usable.",
        counts=Usable(planned=len(targets), usable=len(targets), failed=0),
        performance=performance(np.array(targets)),
        patterns=patterns,
        models=(),
        checks=(),
        evidence=rows,
        features_tested=0,
        seed=0,
        data_sha256="0" * 64,
        libraries={},
        searches=searches,
    )


def spread(median: float, rows: int = 30, seed: int = 0) -> list[float]:
    return [float(value) for value in median * np.exp(0.3 * np.random.default_rng(seed).normal(size=rows))]


@given(
    st.lists(st.floats(0.01, 1), min_size=3, max_size=3),
    st.integers(1, 9),
    st.lists(st.tuples(st.integers(0, 4), st.one_of(st.none(), st.integers(0, 6))), min_size=3, max_size=3),
)
@settings(max_examples=150)
def test_the_allocation_is_the_best_one_within_the_limits_or_says_why_there_is_none(
    weights: list[float], videos: int, bounds: list[tuple[int, int | None]]
) -> None:
    wanted = {name: weight / sum(weights) for name, weight in zip(NAMES, weights, strict=True)}
    own = {name: Limits(*bound) for name, bound in zip(NAMES, bounds, strict=True)}
    made = allocate(wanted, videos, own)

    def far(counts: tuple[int, ...]) -> float:
        return sum((wanted[name] * videos - count) ** 2 for name, count in zip(NAMES, counts, strict=True))

    possible = [
        counts
        for counts in itertools.product(range(videos + 1), repeat=3)
        if sum(counts) == videos
        and all(own[n].least <= c and (own[n].most is None or c <= own[n].most) for n, c in zip(NAMES, counts, strict=True))
    ]
    assert bool(made.unmet) == (not possible)
    if possible:
        given_counts = tuple(share.videos for share in made.shares)
        assert given_counts in possible
        assert far(given_counts) == pytest.approx(min(map(far, possible)), abs=1e-6)


def test_shares_are_rounded_up_and_impossible_limits_are_all_named() -> None:
    assert limits(NAMES, 25, min_share=0.1, least={"b": 5}, most={"c": 4}) == {
        "a": Limits(3, None), "b": Limits(5, None), "c": Limits(3, 4),
    }  # fmt: skip
    made = allocate(dict.fromkeys(NAMES, 1 / 3), 10, {"a": Limits(6, 5), "b": Limits(6, 6), "c": Limits(0, 0)})
    assert made.shares == ()
    assert made.unmet == (
        "a must have at least 6 videos and can have at most 5.",
        "The buckets must have at least 12 videos together, and only 10 are planned.",
    )
    assert "at most 3 videos together" in allocate({"a": 1.0}, 4, {"a": Limits(0, 3)}).unmet[0]


def test_a_clearly_better_bucket_is_ahead_and_gets_most_and_equals_share_alike() -> None:
    files = [
        ("x", found(Bucket.S0_15, spread(0.12))),
        ("y", found(Bucket.S16_30, spread(0.05, seed=1))),
        ("z", found(Bucket.S31_60, spread(0.05, seed=2))),
        ("none", found(Bucket.S61_90, [])),
    ]
    made = portfolio(files, Wish(20, min_share=0.1))
    assert [one.verdict for one in made.standings] == ["ahead", "behind", "behind"]
    assert made.standings[0].bucket == "0-15s"
    assert made.allocation is not None
    assert [share.videos for share in made.allocation.shares] == [16, 2, 2]
    assert made.left_out == ("61-90s has no usable row and is left out.",)
    assert made.standings[0].rows == tuple(f"0-15s-{row}" for row in range(30))
    level = portfolio([("x", found(Bucket.S0_15, spread(0.05))), ("y", found(Bucket.S16_30, spread(0.05)))], Wish(10))
    assert {one.verdict for one in level.standings} == {"level"}
    assert level.allocation is not None
    assert [share.videos for share in level.allocation.shares] == [5, 5]


def test_a_bucket_alone_and_one_with_few_rows_get_no_verdict() -> None:
    assert portfolio([("x", found(Bucket.S0_15, spread(0.1)))]).standings[0].verdict == "alone"
    two = portfolio([("x", found(Bucket.S0_15, spread(0.1))), ("y", found(Bucket.S16_30, [0.9, 0.8]))], Wish(10, min_share=0.2))
    assert {one.verdict for one in two.standings} == {"too few rows"}
    assert [(one.bucket, one.best) for one in two.standings] == [("16-30s", None), ("0-15s", 1.0)]
    assert two.allocation is not None
    assert {share.bucket: share.videos for share in two.allocation.shares} == {"16-30s": 2, "0-15s": 8}
    few = portfolio([("x", found(Bucket.S0_15, [0.5])), ("y", found(Bucket.S16_30, [0.1]))], Wish(4))
    assert few.allocation is not None
    assert [share.videos for share in few.allocation.shares] == [2, 2]


def test_rows_of_one_creator_do_not_count_as_many() -> None:
    def of(bucket: Bucket, median: float, creators: int, seed: int) -> Findings:
        made = found(bucket, spread(median, rows=32, seed=seed))
        rows = tuple(row.model_copy(update={"group": f"c{n % creators}"}) for n, row in enumerate(made.evidence))
        return made.model_copy(update={"evidence": rows})

    def standing(creators: int) -> Standing:
        made = portfolio([("x", of(Bucket.S0_15, 0.12, creators, 0)), ("y", of(Bucket.S16_30, 0.05, creators, 1))])
        return made.standings[0]

    assert (standing(32).verdict, standing(4).verdict) == ("ahead", "too few rows")
    assert standing(4).best is None
    assert np.diff(standing(10).interval) > 0


def test_a_pattern_is_told_with_the_buckets_it_is_in() -> None:
    both, one = made_pattern("hook", 0.5), made_pattern("music", 0.4)
    made = portfolio(
        [
            ("x", found(Bucket.S0_15, spread(0.12), patterns=(both, one))),
            ("y", found(Bucket.S16_30, spread(0.05), patterns=(both,))),
            ("z", found(Bucket.S31_60, [])),
        ]
    )
    assert {pattern.features[0]: pattern.reach for pattern in made.patterns} == {"hook": "universal", "music": "specific"}
    assert made.patterns[0].sentence == "hook: universal, in 2 of 2 buckets (0-15s +0.50, 16-30s +0.50)."
    assert portfolio([("x", found(Bucket.S0_15, spread(0.12), patterns=(both,)))]).patterns == ()


def test_findings_that_do_not_belong_together_are_refused() -> None:
    one = found(Bucket.S0_15, spread(0.1))
    with pytest.raises(UsageError, match="0-15s comes twice"):
        portfolio([("x", one), ("y", one)])
    with pytest.raises(UsageError, match=r"different targets \(engagement_rate, views\)"):
        portfolio([("x", one), ("y", one.model_copy(update={"target": "views"}))])
    with pytest.raises(UsageError, match="no findings with rows of the bucket '91-120s'"):
        portfolio([("x", one)], Wish(3, most={"91-120s": 1}))
    with pytest.raises(UsageError, match="different clients"):
        compare([("x", one), ("y", one.model_copy(update={"client": "other"}))])


def test_patterns_of_all_searches_of_one_and_of_opposite_directions_are_told_apart() -> None:
    both, one, other = made_pattern("hook", 0.5), made_pattern("music", 0.4), made_pattern("text", 0.5)
    turned = made_pattern("text", -0.5)
    alias = made_pattern("hook_again", 0.6).model_copy(update={"also_known_as": ("hook",)})
    made = compare(
        [
            ("#tea", found(Bucket.S0_15, spread(0.12), patterns=(both, one, other))),
            ("#mate", found(Bucket.S0_15, spread(0.05, seed=1), patterns=(alias, turned))),
            ("#mate", found(Bucket.S16_30, [])),
        ]
    )
    (bucket,) = made.buckets
    assert {pattern.features[0]: pattern.reach for pattern in bucket.patterns} == {
        "hook": "universal", "music": "specific", "text": "contradictory",
    }  # fmt: skip
    assert (bucket.best, bucket.worst) == ("#tea", "#mate")
    assert bucket.p_value is not None
    assert bucket.p_value < 0.001
    assert {(cell.search, cell.bucket): cell.rows for cell in made.heatmap}["#tea", "16-30s"] == 0
    assert made.left_out == ("#mate, 16-30s: Nothing was learned: 0 of 5 rows are usable.",)


@given(st.lists(st.floats(0.001, 1000), min_size=1, max_size=50))
def test_consistency_is_a_fraction_that_no_unit_changes(values: list[float]) -> None:
    own, scaled = consistency(np.array(values)), consistency(100 * np.array(values))
    assert own is not None
    assert 0 <= own <= 1
    assert scaled == pytest.approx(own)


def test_consistency_of_equal_rows_is_one_and_of_negative_ones_is_not_known() -> None:
    assert consistency(np.full(5, 0.1)) == 1.0
    assert consistency(np.array([-1.0, 2.0])) is None
    seen = performance(np.array([1.0, 2.0, 3.0, 4.0, 5.0]))
    assert seen is not None
    assert (seen.lower_quartile, seen.upper_quartile, seen.consistency) == (2.0, 4.0, pytest.approx(2 / 3))


def test_a_folder_of_rumiai_run_gives_its_buckets(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for bucket in (Bucket.S0_15, Bucket.S16_30):
        (tmp_path / f"tea-{bucket}-findings.json").write_bytes(found(bucket, spread(0.1)).to_bytes())
    assert portfolio_command(tmp_path, videos=10, json_=True) == 0
    made = Portfolio.from_bytes(capsys.readouterr().out)
    assert made.allocation is not None
    assert len(made.allocation.shares) == 2
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match=r"empty holds no findings\.json"):
        portfolio_command(tmp_path / "empty", videos=10)


def test_the_commands_read_files_and_folders(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = []
    for name, one in (
        ("tea", found(Bucket.S0_15, spread(0.1))),
        ("mate", found(Bucket.S16_30, spread(0.05), searches=("#mate",))),
    ):
        (tmp_path / name).mkdir()
        (tmp_path / name / "findings.json").write_bytes(one.to_bytes())
        paths.append(tmp_path / name)
    assert portfolio_command(*paths, videos=10, json_=True) == 0
    assert sum(s.videos for s in Portfolio.from_bytes(capsys.readouterr().out).allocation.shares) == 10  # type: ignore[union-attr]
    assert portfolio_command(*paths, videos=10, most=("0-15s=2", "16-30s=3")) == 1
    assert "at most 5 videos together, and 10 are planned" in capsys.readouterr().out
    compare_command(paths[0], paths[1] / "findings.json", json_=True)
    assert Comparison.from_bytes(capsys.readouterr().out).searches == ("#tea", "#mate")
    with pytest.raises(UsageError, match="at least two searches"):
        compare_command(paths[0])


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"videos": 0}, "0 videos"),
        ({"min_share": 0.1}, "add --videos"),
        ({"videos": 5, "min_share": 2}, "--min-share is from 0 to 1"),
        ({"videos": 5, "most": ("0-15s",)}, "--most 0-15s is not understood"),
        ({"videos": 5, "most": ("0-15s=1", "0-15s=2")}, "each bucket once"),
        ({"videos": 5, "least": ("0-15s=-1",)}, "whole number"),
    ],
)
def test_wishes_that_mean_nothing_are_refused(tmp_path: Path, options: dict[str, object], words: str) -> None:
    (tmp_path / "findings.json").write_bytes(found(Bucket.S0_15, spread(0.1)).to_bytes())
    with pytest.raises(UsageError, match=words):
        portfolio_command(tmp_path, **options)  # type: ignore[arg-type]


def test_no_findings_at_all_are_refused() -> None:
    with pytest.raises(UsageError, match="No findings are given"):
        portfolio_command()
