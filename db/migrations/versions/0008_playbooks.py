"""Playbooks: drafts, published versions that never change, tags and the full-text index."""

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""


def downgrade() -> None:
    """Take them away."""
