"""Customers: whom to reach there and when, and customers that are put away or were merged into others."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_COLUMNS = (
    ("contacts", "VARCHAR NOT NULL DEFAULT ''"),
    ("zone", "VARCHAR NOT NULL DEFAULT ''"),
    ("archived_at", "BIGINT"),
    (
        "merged_into_id",
        "INTEGER CONSTRAINT fk_customer_merged_into_id REFERENCES customer (id)",
    ),
)


def upgrade() -> None:
    """Add the columns; nobody is archived."""
    for name, kind in _COLUMNS:
        op.execute(f"ALTER TABLE customer ADD COLUMN {name} {kind}")


def downgrade() -> None:
    """Take the columns away; archived customers count as any other again."""
    with op.batch_alter_table("customer", recreate="always") as table:
        for name, _ in reversed(_COLUMNS):
            table.drop_column(name)
