"""Functions that take the session first and return frozen values of the domain."""
