"""The board: lanes of cards, the table of the same rows, filters and moves."""
