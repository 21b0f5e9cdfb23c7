"""Telegram: a bot that talks in private chats and listens in discussion groups it was let into."""
