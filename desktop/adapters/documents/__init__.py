"""Documents that leave the desk, as Markdown and PDF, from one model so that all say the same."""
