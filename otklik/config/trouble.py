"""The one error for what an administrator must mend: a full disk, a taken port, a broken data folder."""


class Trouble(Exception):
    """The command cannot go on; the text is one Russian sentence that says what to do."""
