"""The second wall: rows of other municipalities do not exist for the application."""

from django.db import migrations

from otklik.common.rls import fence


class Migration(migrations.Migration):
    dependencies = [("channels", "0001_first_shape"), ("common", "0002_scope_function")]

    operations = [
        fence("channels_channel"),
        fence("channels_apikey"),
        fence("channels_importmapping"),
        fence("channels_importrun"),
        fence("channels_rowerror"),
        fence("channels_rawmessage"),
        fence("channels_rawupdate"),
        fence("channels_storedfile"),
        fence("channels_outgoing"),
    ]
