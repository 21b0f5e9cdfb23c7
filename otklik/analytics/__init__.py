"""Daily facts of the municipality, measures over them, the rating of responsible bodies."""
