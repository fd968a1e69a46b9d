"""Tests of how the window is put together."""
