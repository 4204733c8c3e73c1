"""The short form of `python -m bench.truth`: silence on noise, planted effects found, effects not inflated."""

from statistics import median

from bench.intervals import wilson
from bench.simulate import World, simulate
from bench.truth import judge


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
