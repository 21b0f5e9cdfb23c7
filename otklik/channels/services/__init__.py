"""Verbs of channels: keep what came, open channels by the charter, give keys, leave what must go out."""

from otklik.channels.services.channels import channel_of_kind, load_channels
from otklik.channels.services.keys import check_key, make_key, municipality_id_of, revoke_key
from otklik.channels.services.mappings import save_mapping
from otklik.channels.services.outgoing import (
    Waiting,
    keep_many_outgoing,
    keep_outgoing,
    make_outgoing,
    mark_placed,
    send_again,
)
from otklik.channels.services.raw import Kept, again, fail_raw, keep_malformed, keep_many, keep_raw, skip_raw
from otklik.channels.services.sheets import give_answers, give_back, set_answer_columns

__all__ = [
    "Kept",
    "Waiting",
    "again",
    "channel_of_kind",
    "check_key",
    "fail_raw",
    "give_answers",
    "give_back",
    "keep_malformed",
    "keep_many",
    "keep_many_outgoing",
    "keep_outgoing",
    "keep_raw",
    "load_channels",
    "make_key",
    "make_outgoing",
    "mark_placed",
    "municipality_id_of",
    "revoke_key",
    "save_mapping",
    "send_again",
    "set_answer_columns",
    "skip_raw",
]
