"""Handing over and taking over: the form of whoever goes, the list of whoever comes."""
