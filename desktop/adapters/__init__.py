"""The outside: files read and written, and the services of other programs."""
