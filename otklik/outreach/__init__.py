"""Speaking: official pages and their checks, media, press releases, publications, open data."""
