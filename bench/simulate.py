"""Tables whose truth is known: correlated blocks of counts, fractions, flags and scores, and a heavy-tailed engagement."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.stats import norm

from services.trainer.ranks import FloatArray
from services.trainer.table import Table

Effect = Literal["noise", "linear", "threshold", "outlier"]
BLOCK = 8
WITHIN_BLOCK = 0.6


@dataclass(frozen=True)
class World:
    """What is simulated: rows, features, true effects and the share of log-engagement variance each explains."""

    name: str
    rows: int = 50
    features: int = 432
    effects: int = 3
    share: float = 0.25
    kind: Effect = "linear"
    missing: float = 0.0
    per_creator: int = 1


@dataclass(frozen=True)
class Simulated:
    """A table, the names of the columns that move its target, and the population rank correlation of each."""

    table: Table
    causes: tuple[str, ...]
    rho: float


def simulate(world: World, seed: int) -> Simulated:
    """One table of a world."""
    rng = np.random.default_rng(seed)
    latent = _latent(world, rng)
    blocks = rng.choice(world.features // BLOCK, size=world.effects, replace=False)
    causes = np.sort(blocks * BLOCK + rng.integers(BLOCK, size=world.effects))
    goal = _goal(world, latent[:, causes], rng)
    values = _observed(latent, rng)
    values[rng.random(values.shape) < world.missing] = np.nan
    if world.kind == "outlier":
        goal[0], values[0, ::3] = 12.0, 60.0
    names = tuple(f"f{column:03d}" for column in range(world.features))
    groups = tuple(f"c{row // world.per_creator:03d}" for row in range(world.rows)) if world.per_creator > 1 else None
    table = Table(
        ids=tuple(f"v{row:04d}" for row in range(world.rows)),
        target_name="engagement_rate",
        target=np.exp(goal - 3),
        names=names,
        values=values,
        groups=groups,
    )
    return Simulated(table, tuple(names[column] for column in causes), 6 / np.pi * float(np.arcsin(np.sqrt(world.share) / 2)))


def _latent(world: World, rng: np.random.Generator) -> FloatArray:
    """Normal scores in blocks of eight correlated at 0.6; with creators, half of the variance is the creator's."""
    shape = (world.rows, world.features)
    own = _blocks(shape, rng)
    if world.per_creator == 1:
        return own
    creator = np.arange(world.rows) // world.per_creator
    shared = _blocks((int(creator.max()) + 1, world.features), rng)[creator]
    return np.asarray(np.sqrt(0.5) * (own + shared))


def _blocks(shape: tuple[int, int], rng: np.random.Generator) -> FloatArray:
    common = rng.normal(size=(shape[0], -(-shape[1] // BLOCK))).repeat(BLOCK, axis=1)[:, : shape[1]]
    return np.asarray(np.sqrt(WITHIN_BLOCK) * common + np.sqrt(1 - WITHIN_BLOCK) * rng.normal(size=shape))


def _goal(world: World, causes: FloatArray, rng: np.random.Generator) -> FloatArray:
    """Log engagement with variance 1: the causes with random signs, a creator's offset, and noise for the rest."""
    signs = rng.choice([-1.0, 1.0], size=world.effects)
    shapes = np.sign(causes) if world.kind == "threshold" else causes
    rest = 1 - world.effects * world.share
    creators = rng.normal(size=-(-world.rows // world.per_creator)).repeat(world.per_creator)[: world.rows]
    likeness = 0.5 if world.per_creator > 1 else 0.0
    noise = np.sqrt(likeness) * creators + np.sqrt(1 - likeness) * rng.normal(size=world.rows)
    return np.asarray(np.sqrt(world.share) * shapes @ signs + np.sqrt(rest) * noise)


def _observed(latent: FloatArray, rng: np.random.Generator) -> FloatArray:
    """What an analyzer would measure of the latent scores: plain numbers, counts, fractions and heavy tails."""
    values = latent.copy()
    kinds = rng.integers(4, size=latent.shape[1])
    values[:, kinds == 1] = np.floor(np.exp(latent[:, kinds == 1] + 1.2))
    values[:, kinds == 2] = norm.cdf(latent[:, kinds == 2])
    values[:, kinds == 3] = np.exp(latent[:, kinds == 3])
    return values
