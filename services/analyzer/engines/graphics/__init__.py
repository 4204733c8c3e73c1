"""Stickers and inserts: pictures without letters that were put on the video."""

from services.analyzer.engines.graphics.engine import GraphicsEngine

__all__ = ["GraphicsEngine"]
