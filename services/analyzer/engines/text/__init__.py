"""Text on screen: RapidOCR with the PP-OCRv6 weights of its wheel, linked into overlays with a start and an end."""

from services.analyzer.engines.text.engine import TextEngine

__all__ = ["TextEngine"]
