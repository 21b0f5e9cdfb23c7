"""How the flow changes: a change split into its factors, what a day usually brings, what the next weeks will bring."""
