"""Taking in tickets of other systems, and watching a past month again."""
