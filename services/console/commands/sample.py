"""`rumiai sample`: makes the sample batch that the demo runs on."""

import json
import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from samples.make import DEFAULT_SEED, make_samples
from services.console.output import Json


def sample(
    out: Annotated[Path, Parameter(help="folder for the batch; made if it does not exist")],
    *,
    seed: Annotated[int, Parameter(help="another seed gives another batch of the same kind")] = DEFAULT_SEED,
    json_: Json = False,
) -> None:
    """Make sample videos with known planted choices, their metadata and a request, without any download."""
    batch = make_samples(out, seed=seed, progress=_report)
    if json_:
        print(json.dumps({name: str(path) for name, path in vars(batch).items()}, indent=1))
        return
    print(f"The sample batch is in {out}: run it with `rumiai run {batch.request_path} --out DIR`.")


def _report(done: int, total: int) -> None:
    end = "\n" if done == total else ""
    print(f"\rmade {done} of {total} sample videos", end=end, file=sys.stderr, flush=True)
