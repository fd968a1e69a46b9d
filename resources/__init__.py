"""Data shipped with the program: themes, icons, policies and samples."""
