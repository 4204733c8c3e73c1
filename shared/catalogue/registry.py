"""The registry: every declaration in its fixed order, looked up by name."""

import difflib
from collections.abc import Mapping

from shared.catalogue import (
    creative_density,
    emotional_journey,
    metadata_analysis,
    person_framing,
    scene_pacing,
    speech_analysis,
    visual_overlay_analysis,
)
from shared.catalogue.feature import Analysis, Feature
from shared.errors import UsageError

PREFIXES: Mapping[Analysis, str] = {
    Analysis.CREATIVE_DENSITY: "density_",
    Analysis.VISUAL_OVERLAY: "overlay_",
    Analysis.EMOTIONAL_JOURNEY: "emotion_",
    Analysis.PERSON_FRAMING: "person_",
    Analysis.SCENE_PACING: "scene_",
    Analysis.SPEECH: "speech_",
    Analysis.METADATA: "meta_",
}


class Catalogue:
    """All features; the order of declaration is the order of the vector."""

    def __init__(self, features: tuple[Feature, ...]) -> None:
        self._features = {feature.name: feature for feature in features}
        if len(self._features) < len(features):
            names = [feature.name for feature in features]
            raise ValueError(f"declared twice: {sorted({name for name in names if names.count(name) > 1})}")
        for feature in features:
            if not feature.name.startswith(PREFIXES[feature.analysis]):
                raise ValueError(f"{feature.name} must start with {PREFIXES[feature.analysis]}")

    def __contains__(self, name: object) -> bool:
        return name in self._features

    def __len__(self) -> int:
        return len(self._features)

    def names(self) -> tuple[str, ...]:
        """Feature names in the order of the vector."""
        return tuple(self._features)

    def features(self) -> tuple[Feature, ...]:
        """All declarations in the order of the vector."""
        return tuple(self._features.values())

    def get(self, name: str) -> Feature:
        """A declaration by name. Raises UsageError naming the nearest ones."""
        if name in self._features:
            return self._features[name]
        near = difflib.get_close_matches(name, self._features, n=3)
        hint = f" Did you mean {' or '.join(near)}?" if near else ""
        raise UsageError(f"No feature is called {name!r}; `rumiai catalogue` lists all {len(self)}.{hint}")

    def search(self, words: str) -> tuple[Feature, ...]:
        """Those with all of the words in their name, title, definition, analysis, block or advice, whatever the case."""
        wanted = words.casefold().split()
        return tuple(feature for feature in self.features() if all(word in _searched(feature) for word in wanted))

    def declarations(self) -> list[Mapping[str, object]]:
        """Everything declared, as plain values in order."""
        return [feature.declaration() for feature in self.features()]


def _searched(feature: Feature) -> str:
    texts = (feature.name, feature.title, feature.definition, feature.analysis, feature.block, feature.higher, feature.lower)
    return " ".join(text for text in texts if text).casefold()


CATALOGUE = Catalogue(
    (
        *creative_density.FEATURES,
        *visual_overlay_analysis.FEATURES,
        *emotional_journey.FEATURES,
        *person_framing.FEATURES,
        *scene_pacing.FEATURES,
        *speech_analysis.FEATURES,
        *metadata_analysis.FEATURES,
    )
)
