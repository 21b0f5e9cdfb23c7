"""Targets of the centre (KPI): plans over measures handed down for a period, the way to them, directions of work."""
