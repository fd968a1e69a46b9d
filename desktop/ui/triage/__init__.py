"""The review queue: what automation could not settle, and what a person decides about it."""
