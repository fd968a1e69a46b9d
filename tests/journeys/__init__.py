"""User stories through the real window, on a virtual desktop."""
