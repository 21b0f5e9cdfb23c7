"""MAX: the same bot as in Telegram by MAX's own API."""
