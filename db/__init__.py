"""The store: engine, records, queries and migrations."""
