"""Templates of messages: their list, editor, preview and versions, and what holds for all messages."""
