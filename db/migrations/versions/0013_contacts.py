"""Who is written to: contacts of customers and of the desk, and which messages went to whom."""

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""


def downgrade() -> None:
    """Take them away."""
