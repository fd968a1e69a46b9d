"""What goes wrong at the worst instant: kills, hostile words, clocks that differ."""
