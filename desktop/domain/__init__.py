"""The rules of the desk: plain Python without windows, database, files or a clock of its own."""
