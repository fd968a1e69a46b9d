"""Real clients and servers, on the loopback."""
