"""Who is on call when: the painted plan, its changes, the rotas behind it."""
