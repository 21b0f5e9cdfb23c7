"""The rating of responsible bodies: criteria of the charter, shrunk figures, frozen periods, objections."""
