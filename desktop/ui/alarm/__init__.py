"""The alarms page: what stands, what is snoozed, what was missed, and how noisy the desk is."""
