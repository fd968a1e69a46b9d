"""Messages to people outside and inside: written, checked, sent, and what was promised in them."""
