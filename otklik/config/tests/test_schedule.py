"""The list of timers: each names a function that exists."""

import pytest
from django.utils.module_loading import import_string
from procrastinate.contrib.django import app

from otklik.config.schedule import TIMERS, Timer


@pytest.mark.parametrize("timer", TIMERS, ids=lambda timer: timer.task)
def test_every_timer_has_its_function_and_is_registered(timer: Timer) -> None:
    assert callable(import_string(timer.task))
    assert timer.name in app.tasks


def test_no_function_is_timed_twice() -> None:
    assert len({timer.task for timer in TIMERS}) == len(TIMERS)
