"""Any system with an HTTP address, connected by a mapping file and no code: `mapping` says how, `source` reads,
`adapter` gives answers back. The recipe is docs/recipes/connect-a-system.md.
"""
