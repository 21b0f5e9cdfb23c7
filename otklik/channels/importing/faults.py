"""What can be wrong with a file or with one row; each carries one Russian sentence for the clerk."""

from otklik.common.errors import Refused


class FileFault(Refused):
    """The whole file cannot be read on; rows taken before it stay."""


class RowFault(Refused):
    """One row cannot be read; the others go in. The text says what to mend in it."""
