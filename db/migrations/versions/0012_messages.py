"""Messages to people: drafts, what was sent word for word, and what was promised."""

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""


def downgrade() -> None:
    """Take them away."""
