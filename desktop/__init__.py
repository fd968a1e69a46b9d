"""Escalation Desk: the program, its rules, use cases, adapters and screens."""
