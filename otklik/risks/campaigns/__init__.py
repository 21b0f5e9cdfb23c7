"""Preventive campaigns: the calendar of threats, topics that need one, the campaign itself and what it saved."""
