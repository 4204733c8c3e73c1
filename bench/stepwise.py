"""The rival of the trainer's search: a stepwise maximum test with Freedman-Lane permutations (Westfall-Young)."""

import numpy as np
from numpy.typing import NDArray

from services.trainer.design import Design, basis_of, residual, shuffles, unit

LEVEL = 0.05


def stepwise(design: Design, near: NDArray[np.bool_], *, rng: np.random.Generator, permutations: int = 499) -> list[int]:
    """Take the largest partial correlation while it beats the largest of 95 % of the permutations."""
    model: list[int] = []
    while len(model) < 8:
        columns = np.flatnonzero(~near[model].any(axis=0))
        basis = basis_of(design, design.features[:, model])
        features = unit(residual(basis, design.features[:, columns]))
        rest = residual(basis, design.target[:, None])
        sizes = np.abs(features.T @ unit(rest))[:, 0]
        blocks = shuffles(basis, rest[:, 0], rng, permutations)
        exceeded = sum(int((np.abs(features.T @ block).max(axis=0) >= sizes.max()).sum()) for block in blocks)
        if (1 + exceeded) / (1 + permutations) > LEVEL:
            break
        model.append(int(columns[sizes.argmax()]))
    return model
