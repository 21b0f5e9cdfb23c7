"""Charts: what one shows is plain data (`plot`), how it looks is one Altair definition, a process beside draws it."""
