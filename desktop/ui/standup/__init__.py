"""The stand-up, made for a screen that a room looks at."""
