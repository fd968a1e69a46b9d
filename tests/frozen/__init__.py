"""The packaged program, as it would be given away."""
