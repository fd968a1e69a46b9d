"""Playbooks in use: runs on escalations, their steps, searches that found nothing, proposed changes."""

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""


def downgrade() -> None:
    """Take them away."""
