"""What being on call costs each person."""
