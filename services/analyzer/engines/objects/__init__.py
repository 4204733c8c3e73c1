"""Objects: what a YOLO network sees in the sampled frames, linked over time; off until weights are given."""

from services.analyzer.engines.objects.engine import NO_WEIGHTS, ObjectsEngine, objects_engine

__all__ = ["NO_WEIGHTS", "ObjectsEngine", "objects_engine"]
