"""Hears signals over HTTP: one token for each source, an answer only once the message is kept."""
