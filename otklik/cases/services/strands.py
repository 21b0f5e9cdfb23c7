"""Which cases the messages of a batch may continue: one query for the stored ones, then the batch's own.

A message is known by its conversation and author, by the message it answers, or by what we sent and it answers.
Imports name no conversations, so a batch of theirs asks nothing.
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db import connection

from otklik.cases.models import Case
from otklik.cases.services.knowledge import Knowledge
from otklik.cases.services.message import Read
from otklik.cases.services.sending import PRIVATE
from otklik.cases.states import OPEN_STATES
from otklik.cases.threads import Said, Strand
from otklik.channels.style import way_in

FIND = """
WITH asked AS (
  SELECT * FROM json_to_recordset(%s::json)
    AS given (n int, channel bigint, thread text, parent text, author text, private text)
), met AS (
  SELECT n, thread.case_id, TRUE AS is_author, FALSE AS answers FROM asked
    JOIN cases_thread AS thread ON thread.channel_id = channel AND thread.key = ANY (ARRAY[asked.thread, private])
    AND thread.author = asked.author WHERE asked.author <> ''
  UNION ALL
  SELECT n, one.id, FALSE, TRUE FROM asked
    JOIN channels_rawmessage AS raw ON raw.channel_id = channel AND raw.outer_id = parent
    JOIN cases_case AS one ON one.raw_id = raw.id WHERE parent <> ''
  UNION ALL
  SELECT n, said.case_id, FALSE, TRUE FROM asked
    JOIN channels_rawmessage AS raw ON raw.channel_id = channel AND raw.outer_id = parent
    JOIN cases_utterance AS said ON said.raw_id = raw.id WHERE parent <> ''
  UNION ALL
  SELECT n, one.id, letter.way <> 'comment', TRUE FROM asked
    JOIN channels_outgoing AS letter ON letter.municipality_id = %s AND letter.proof = ANY (ARRAY[parent, thread])
    AND letter.proof <> ''
    JOIN cases_case AS one ON one.municipality_id = letter.municipality_id AND one.number = letter.about
)
SELECT met.n, one.id, one.state, bool_or(met.is_author OR writer.fingerprint = asked.author AND asked.author <> ''),
  bool_or(met.answers), CASE WHEN one.topic_sureness >= topic.threshold THEN topic.group ELSE '' END,
  main.id, main.state
FROM met JOIN asked USING (n) JOIN cases_case AS one ON one.id = met.case_id
LEFT JOIN cases_applicant AS writer ON writer.id = one.applicant_id
LEFT JOIN topics_topic AS topic ON topic.id = one.topic_id
LEFT JOIN cases_case AS main ON main.id = one.joined_to_id
GROUP BY met.n, one.id, topic.id, main.id ORDER BY met.n, one.id
"""


def said_of(read: Read, known: Knowledge) -> Said:
    """The message as `threads.decide` sees it."""
    reading, told = read.reading, read.told
    topic = known.topics.get(told.suggestion.topic_key)
    is_sure = topic is not None and told.suggestion.sureness >= topic.threshold
    return Said(
        text_kind=reading.kind.value,
        words=len(read.text.split()),
        asks="?" in read.text or reading.kind.value == "question",
        names_place=bool(told.place.street or read.incoming.street),
        matter=topic.group if topic and is_sure else "",
    )


class StrandMemory:
    """Strands of each message; the newest stand last."""

    def __init__(self, reads: Sequence[Read], known: Knowledge) -> None:
        self._stored: dict[int, list[Strand]] = defaultdict(list)
        self._by_thread: dict[tuple[int, str, str], list[Strand]] = defaultdict(list)
        self._by_message: dict[tuple[int, str], tuple[Strand, str]] = {}
        asked = [_asked(read) for read in reads if read.incoming.thread or read.incoming.parent]
        if asked:
            self._ask(asked, known)

    def _ask(self, asked: Sequence[dict[str, Any]], known: Knowledge) -> None:
        with connection.cursor() as cursor:
            cursor.execute(FIND, [json.dumps(asked, ensure_ascii=False), known.municipality.pk])
            for raw_id, case_id, state, is_author, answers, matter, main_id, main_state in cursor.fetchall():
                if main_id and main_state in OPEN_STATES:
                    # Joined to another card: there the words are read, and there somebody else is the applicant.
                    strand = Strand(main_id, main_state, False, True, matter or "")
                else:
                    strand = Strand(case_id, state, is_author, answers, matter or "")
                self._stored[raw_id].append(strand)

    def find(self, read: Read) -> list[Strand]:
        """Cases whose conversation this message touches."""
        incoming, channel = read.incoming, read.raw.channel_id
        found = list(self._stored.get(read.raw.pk, ()))
        if incoming.thread and read.author:
            found += self._by_thread.get((channel, incoming.thread, read.author), ())
        answered = self._by_message.get((channel, incoming.parent)) if incoming.parent else None
        if answered:
            strand, applicant = answered
            is_author = bool(applicant) and applicant == read.author
            found.append(Strand(strand.case, strand.state, is_author, True, strand.matter))
        return found

    def add(self, read: Read, case: Case, said: Said) -> None:
        """Make a case of this batch findable for the messages after it."""
        strand = Strand(case, case.state, True, matter=said.matter)
        if read.incoming.thread and read.author:
            self._by_thread[read.raw.channel_id, read.incoming.thread, read.author].append(strand)
        self.join(read, strand, read.author)

    def join(self, read: Read, strand: Strand, applicant: str) -> None:
        """The message belongs to this strand now: an answer to it finds the case; `applicant` is whose the case is."""
        self._by_message[read.raw.channel_id, read.raw.outer_id] = (strand, applicant)


def _asked(read: Read) -> dict[str, Any]:
    incoming = read.incoming
    # In a talk with a bot the person says which message is meant: «123#45» is the talk of one message.
    is_private = way_in(read.raw.channel.kind, read.raw.outer_id) == "message" and "#" not in incoming.thread
    return {
        "n": read.raw.pk,
        "channel": read.raw.channel_id,
        "thread": incoming.thread[:200],
        "parent": incoming.parent,
        "author": read.author,
        "private": PRIVATE if is_private else "",
    }
