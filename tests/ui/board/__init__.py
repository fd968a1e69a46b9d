"""Tests of desktop/ui/board."""
