"""Drills on screen: the library, the trainer's console, the players' window, and what comes after."""
