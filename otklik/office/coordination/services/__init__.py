"""Deeds of coordination, a module for each kind of record."""
