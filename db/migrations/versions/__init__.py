"""One file for each step of the schema; a step is never changed once released."""
