"""Table classes by noun, suffix Record; seen by queries and migrations only."""
