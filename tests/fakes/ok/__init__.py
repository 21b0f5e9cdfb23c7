"""The fake Одноклассники."""

from tests.fakes.ok.service import Ok

__all__ = ["Ok"]
