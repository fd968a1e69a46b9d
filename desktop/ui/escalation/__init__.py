"""One escalation: the panel with all that is known of it, and the commands on it."""
