"""Speech: when someone speaks, and what they say where Whisper weights are present."""

from services.analyzer.engines.speech.engine import NO_SOUND, SpeechEngine

__all__ = ["NO_SOUND", "SpeechEngine"]
