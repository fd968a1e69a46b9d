"""The drill's screens."""
