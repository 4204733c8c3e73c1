"""Every analysis has at least as many features as its users were promised."""

from collections import Counter

import pytest

from shared.catalogue.feature import Analysis
from shared.catalogue.registry import CATALOGUE

PROMISED = {
    Analysis.CREATIVE_DENSITY: 89, Analysis.VISUAL_OVERLAY: 76, Analysis.EMOTIONAL_JOURNEY: 67, Analysis.PERSON_FRAMING: 52,
    Analysis.SCENE_PACING: 48, Analysis.SPEECH: 40, Analysis.METADATA: 60,
}  # fmt: skip


@pytest.mark.parametrize("analysis", PROMISED)
def test_enough_features(analysis: Analysis) -> None:
    counted = Counter(feature.analysis for feature in CATALOGUE.features())
    assert counted[analysis] >= PROMISED[analysis]
