"""The fake ВКонтакте."""

from tests.fakes.vk.service import Vk

__all__ = ["Vk"]
