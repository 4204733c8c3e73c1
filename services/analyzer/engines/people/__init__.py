"""Faces, bodies and hands in sampled frames (MediaPipe 0.10.21, weights inside its wheel)."""

from services.analyzer.engines.people.engine import PeopleEngine

__all__ = ["PeopleEngine"]
