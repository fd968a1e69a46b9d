"""Rules: their list and editor, what people overruled, and planned maintenance."""
