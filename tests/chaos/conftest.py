"""Chaos tests share the end-to-end fixtures."""

from tests.e2e.conftest import bad_batch, small_batch

__all__ = ["bad_batch", "small_batch"]
