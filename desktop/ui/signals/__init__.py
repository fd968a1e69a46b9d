"""What comes from outside: signals with what became of them, those held, and the sources that send them."""
