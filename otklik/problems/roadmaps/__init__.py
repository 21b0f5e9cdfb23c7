"""Roadmaps: measures against a cause, and their effect proved by the flow."""
