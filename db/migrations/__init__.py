"""What Alembic runs to bring a database to this version."""
