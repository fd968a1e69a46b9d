"""The store: queries, migrations, faults."""
