"""`python -m tests.chaos.reader FOLDER URL SECONDS`: opens the toy channel and reads it as the timer does."""

import sys
import time
from pathlib import Path

import django


def main(folder: str, url: str, seconds: str) -> None:
    """Read till the time is over, whatever becomes of the database."""
    from django.db import DatabaseError, close_old_connections

    from otklik.channels.adapters.sources import SOURCES
    from otklik.channels.models import Channel, Feed
    from otklik.channels.services.accounts import set_secret
    from otklik.channels.tasks import read_feeds
    from otklik.common.models import Municipality
    from otklik.common.scope import within
    from tests.chaos.recipe import lines, write_folder
    from tests.fakes.guestbook import TOKEN

    write_folder(Path(folder))
    kind, path = lines()["SOURCES"]
    SOURCES[kind] = path
    place = Municipality.objects.order_by("pk")[0]
    with within(place.pk):
        channel = Channel.objects.create(
            municipality=place, key=kind, kind=kind, title="Книга", settings={"base_url": url}
        )
        set_secret(channel, "token", TOKEN)
        Feed.objects.create(municipality=place, channel=channel, is_on=True)
    sys.stdout.write("reading\n")
    sys.stdout.flush()
    until = time.monotonic() + float(seconds)
    while time.monotonic() < until:
        try:
            read_feeds()
        except DatabaseError:  # the timer's run fails, the next one begins anew
            close_old_connections()
            time.sleep(0.5)


if __name__ == "__main__":
    django.setup()
    main(*sys.argv[1:])
