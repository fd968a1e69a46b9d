"""Joins services and screens: what the composition root is made of."""
