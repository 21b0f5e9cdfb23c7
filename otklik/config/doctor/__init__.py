"""What `otklik doctor` looks at: the host, the database, the settings and the town's own data."""
