"""The board for a room: few cards in large light print on a whole screen, and quiet while it lasts."""
