"""What the program does without a window, beyond what the command line's own tests try."""
