"""How criteria did on leads whose end is known: who is looked at, what they said of them, and what would say more."""
