"""Recommendations, practices, digital proposals and the board of priorities."""
