"""A page where a visitor writes as a resident and sees what comes back: the fake messengers made visible."""

from tests.fakes.visit.service import Visit

__all__ = ["Visit"]
