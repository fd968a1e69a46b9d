"""Screens: Qt widgets that show values and send wishes; no rules, no SQL."""
