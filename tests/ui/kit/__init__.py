"""Tests of desktop/ui/kit."""
