"""Whisper weights: which models there are, where they may lie, and which one the speech engine takes."""

import os
from dataclasses import dataclass
from pathlib import Path

from services.analyzer.settings import EngineSettings
from shared.errors import Unavailable

REPOSITORIES = {
    "whisper-small": "Systran/faster-whisper-small",
    "whisper-base": "Systran/faster-whisper-base",
    "whisper-tiny": "Systran/faster-whisper-tiny",
    "whisper-medium": "Systran/faster-whisper-medium",
    "whisper-large-v3-turbo": "mobiuslabsgmbh/faster-whisper-large-v3-turbo",
    "whisper-large-v3": "Systran/faster-whisper-large-v3",
}
"""Multilingual CTranslate2 conversions on the Hugging Face hub, from faster-whisper's own list. Where several are here, `auto`
takes the first, so a slow large one is taken only by name or where it is alone."""

FILES = ("config.json", "model.bin", "tokenizer.json")
VOCABULARIES = ("vocabulary.json", "vocabulary.txt")
OPTIONAL = ("preprocessor_config.json",)
"""It says how many mel bands the model hears; without it they are 80."""

NO_WEIGHTS = "speech is detected but not transcribed: no whisper weights; `rumiai models pull whisper-small`"
TURNED_OFF = "speech is detected but not transcribed: RUMIAI_WHISPER is off"


@dataclass(frozen=True)
class WhisperWeights:
    """A folder with a whole model; `source` says how it was found."""

    name: str
    folder: Path
    source: str

    @property
    def files(self) -> tuple[Path, ...]:
        """Everything that changes what the model writes."""
        there = (*FILES, *VOCABULARIES, *OPTIONAL)
        return tuple(self.folder / name for name in there if (self.folder / name).is_file())


def find(settings: EngineSettings, models_dir: Path) -> WhisperWeights | str:
    """The weights to use, or the reason why speech stays untranscribed.

    Raises Unavailable where weights were asked for by name or path and are not whole.
    """
    asked = settings.whisper
    if asked == "off":
        return TURNED_OFF
    if asked == "auto":
        return next((found for name in REPOSITORIES if (found := look_up(name, models_dir))), NO_WEIGHTS)
    if asked in REPOSITORIES:
        if found := look_up(asked, models_dir):
            return found
        raise Unavailable(f"RUMIAI_WHISPER asks for {asked}, which is not here: run `rumiai models pull {asked}`.")
    return _given(Path(asked))


def look_up(name: str, models_dir: Path) -> WhisperWeights | None:
    """A known model in the folder of pulled models, else in the Hugging Face cache; None where it is not whole."""
    pulled = models_dir / name
    if not missing_files(pulled):
        return WhisperWeights(name, pulled, "pulled")
    cached = _in_hub_cache(REPOSITORIES[name])
    if cached and not missing_files(cached):
        return WhisperWeights(name, cached, "Hugging Face cache")
    return None


def missing_files(folder: Path) -> tuple[str, ...]:
    """What a folder lacks to be a whole model."""
    missing = [name for name in FILES if not (folder / name).is_file()]
    if not any((folder / name).is_file() for name in VOCABULARIES):
        missing.append(VOCABULARIES[0])
    return tuple(missing)


def _given(folder: Path) -> WhisperWeights:
    if not folder.is_dir():
        raise Unavailable(
            f"RUMIAI_WHISPER is {folder}, which is no folder: give one, or auto, off, or one of {', '.join(REPOSITORIES)}."
        )
    if missing := missing_files(folder):
        raise Unavailable(f"The Whisper model in {folder} (RUMIAI_WHISPER) misses {', '.join(missing)}: get it again.")
    return WhisperWeights(folder.name, folder, "RUMIAI_WHISPER")


def _in_hub_cache(repository: str) -> Path | None:
    """The snapshot that the hub's own client finds; it is asked only where a cache exists, since importing it takes 0.5 s."""
    from huggingface_hub import constants  # noqa: PLC0415

    if not os.path.isdir(constants.HF_HUB_CACHE):  # noqa: PTH112 - a string of the library
        return None
    from huggingface_hub import try_to_load_from_cache  # noqa: PLC0415

    found = try_to_load_from_cache(repository, "model.bin")
    return Path(found).parent if isinstance(found, str) else None
