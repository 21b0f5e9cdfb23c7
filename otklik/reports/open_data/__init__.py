"""Open data and open statistics: tables of daily facts without persons, small numbers hidden, each with a passport."""
