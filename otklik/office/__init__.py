"""Meetings, protocols and errands of the project office."""
