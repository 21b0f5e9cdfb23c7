"""The one error for a rule that says no."""


class Refused(Exception):
    """A rule forbids the deed; the text is one Russian sentence for the person who tried it."""
