"""Errands (поручения): one verb, one responsible post, one date, a measurable result."""
