"""Django's PostgreSQL with a quicker reading of moments; named by `config.database` as the engine."""
