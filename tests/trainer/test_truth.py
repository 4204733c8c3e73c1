"""The short form of `python -m bench.truth`: silence on noise, planted effects found, effects not inflated."""

import re
from dataclasses import replace
from statistics import median

import numpy as np
import pytest

from bench.intervals import of_median, wilson
from bench.simulate import World, simulate
from bench.truth import WORLDS, Outcome, judge, main, summary
from services.trainer.confounders import confounders


def test_noise_is_met_with_silence() -> None:
    said = [judge(World("noise", features=96, effects=0), seed) for seed in range(10)]
    assert sum(outcome["trainer"].false > 0 for outcome in said) <= 2
    assert sum(outcome["trainer, STRONG only"].false > 0 for outcome in said) == 0


def test_planted_effects_are_found_and_not_inflated() -> None:
    said = [judge(World("planted", features=96), seed) for seed in range(8)]
    found = sum(outcome["trainer"].found for outcome in said)
    false = sum(outcome["trainer"].false for outcome in said)
    assert found >= 0.7 * 24
    assert false <= 0.2 * (found + false)
    sizes = [adjusted for outcome in said for _, adjusted in outcome["trainer, STRONG only"].effects]
    assert 0.8 <= median(sizes) <= 1.2


def test_a_world_is_the_same_for_the_same_seed() -> None:
    world = World("any", rows=20, features=48, missing=0.1)
    assert simulate(world, 3).table.sha256() == simulate(world, 3).table.sha256()
    assert simulate(world, 3).table.sha256() != simulate(world, 4).table.sha256()


def test_wilson_interval_of_a_known_share() -> None:
    low, high = wilson(10, 100)
    assert (round(low, 3), round(high, 3)) == (0.055, 0.174)


def test_the_interval_of_a_median_covers_it_about_as_often_as_it_says() -> None:
    draws = np.random.default_rng(0).normal(size=(400, 41))
    held = sum(low <= 0 <= high for low, high in (of_median(row.tolist()) for row in draws))
    assert 0.92 <= held / 400 <= 0.99
    assert of_median([3.0, 1.0, 2.0]) == (1.0, 3.0)


def test_a_summary_names_its_counts_and_what_must_not_be_claimed() -> None:
    said = [Outcome(1, 0), Outcome(0, 1, confounded=True), Outcome(1, 0), Outcome(0, 0)]
    line = summary(World("known cause", effects=1, shape="confounded"), said)
    assert "finds 50.0% of 4 effects (15.0% to 85.0%)" in line
    assert "false 33.3% of 3 reports" in line
    assert "claims a confounded feature in 25.0% of 4 tables" in line
    assert summary(World("noise", effects=0), said).startswith("reports in 75.0% of 4 tables")


def test_a_feature_that_a_known_confounder_drives_is_not_claimed() -> None:
    world = World("followers drive eight features", features=96, effects=1, share=0.35, shape="confounded")
    said = [judge(world, seed) for seed in range(6)]
    assert sum(outcome["trainer"].found for outcome in said) >= 4
    assert not any(outcome["trainer"].confounded for outcome in said)


def test_every_world_has_followers_and_posting_times_as_batches_have() -> None:
    for world in WORLDS:
        table = simulate(replace(world, rows=30, features=32), 0).table
        assert set(confounders(table)) == {"followers", "age of the video", "posting hour"}


def test_by_default_seeds_are_taken_that_no_rule_was_tuned_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["truth", "--world", "no such world", "--seeds", "7"])
    main()
    first = int(re.search(r"Seeds (\d+) to \d+", capsys.readouterr().out)[1])  # type: ignore[index]  # asserts that it is there
    assert first > 8100
