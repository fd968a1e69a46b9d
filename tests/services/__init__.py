"""Use cases on a real database, with hand-moved clocks."""
