"""Use cases, free of any toolkit: load, decide in the domain, store, publish after commit."""
