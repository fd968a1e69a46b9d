"""The form that opens an escalation, with what it will mean beside it."""
