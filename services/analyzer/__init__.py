"""Analyzer: decodes a video once, feeds every engine, writes one analysis."""
