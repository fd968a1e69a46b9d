"""Widgets and models that know nothing about escalations."""
