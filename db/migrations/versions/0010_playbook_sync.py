"""The Git repository a desk keeps its playbooks in, and what of it was seen."""

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""


def downgrade() -> None:
    """Take them away."""
