"""What every feature of the hand-made analysis is: one module of answers per analysis, joined."""

import answers_density
import answers_emotion
import answers_metadata
import answers_overlay
import answers_person
import answers_scene
import answers_speech

_MODULES = (
    answers_density, answers_overlay, answers_emotion, answers_person, answers_scene, answers_speech, answers_metadata,
)  # fmt: skip
EXPECTED: dict[str, float | str | None] = {name: value for module in _MODULES for name, value in module.EXPECTED.items()}
