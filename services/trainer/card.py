"""The model card: what the models of a folder were made from, and how well they do."""

import hashlib
import json
from typing import Any

from services.trainer.train import Trained
from shared.contracts.findings import Findings


def model_card(trained: Trained) -> bytes:
    """JSON with data digest, seed, versions, columns relied on, out-of-fold figures and the sha256 of every model."""
    findings = trained.findings
    card: dict[str, Any] = {
        "target": findings.target,
        "rows": findings.counts.usable,
        "features": findings.features_tested,
        "seed": findings.seed,
        "data_sha256": findings.data_sha256,
        "libraries": findings.libraries,
        "catalogue_version": findings.catalogue_version,
        "profile": findings.profile,
        "intended_use": "comparing videos within this bucket; not a forecast for other hashtags or durations",
        "shuffled_label_rate": findings.shuffled_label_rate,
        "shuffled_label_interval": findings.shuffled_label_interval,
        "shuffled_label_runs": findings.shuffled_label_runs,
        "groups": None if trained.table.groups is None else len(set(trained.table.groups)),
        "weighted": trained.table.weights is not None,
        "intervals": _intervals(findings),
        "models": [
            {
                **model.model_dump(exclude={"artifact"}),
                "file": f"models/{model.name}.skops",
                "sha256": hashlib.sha256(trained.models[model.name]).hexdigest(),
            }
            for model in findings.models
        ],
    }
    return json.dumps(card, indent=2, ensure_ascii=False).encode()


def _intervals(findings: Findings) -> dict[str, Any] | None:
    """How the intervals of new rows are made and how many of the rows at hand lie within theirs."""
    made = findings.calibration
    if made is None:
        return None
    return {"level": made.level, "method": made.sentence, "r2": made.r2, "rows": len(made.points), "covered": made.covered}
