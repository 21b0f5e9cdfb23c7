"""Where facts come from: one SELECT per event over the tables of cases, satisfaction and their clocks.

Each source gives case_id, the moment `at` and its counts for every case of one municipality; `services` turns the
moment into the municipality's local day, keeps the days asked for, adds the cut of the case and sums. The main
clock of a case is the law's or the channel's own clock of the answer that started first; what moves its date
replaces its row (59-ФЗ ст. 12 ч. 2), so the row that nothing replaces is the one in force.
"""

from dataclasses import dataclass

from otklik.analytics import columns
from otklik.cases.services.sorting import KIND_CHANGED
from otklik.cases.states import UNSURE
from otklik.deadlines.clocks import PROMISE

MAIN_CLOCKS = (
    "fz59.review_days",
    "pos.days_ordinary",
    "pos.days_fast",
    "im.first_answer_hours",
    "im.first_answer_hours_urgent",
    "message.days_ordinary",
    "message.days_fast",
)
BAD_SCORE = 2
"""A score not above this is bad (ПОС: 1-2 of 5)."""


@dataclass(frozen=True)
class Source:
    """An event: the columns it fills and the SELECT that gives case_id, at and those columns."""

    name: str
    columns: tuple[str, ...]
    sql: str


# Deeds taken back by an undo: all moves of the person's last moment before it.
UNDONE = """
undone AS MATERIALIZED (
  SELECT taken.id FROM cases_move AS undo
  JOIN LATERAL (
    SELECT max(id) AS id, max(at) AS at FROM cases_move
    WHERE case_id = undo.case_id AND id < undo.id AND deed <> 'undo'
  ) AS last ON true
  JOIN cases_move AS taken ON taken.case_id = undo.case_id AND taken.at = last.at AND taken.id < undo.id
    AND taken.by_id = undo.by_id
  WHERE undo.municipality_id = %(municipality)s AND undo.deed = 'undo'
)"""

# A signed answer leaves when the case becomes «отправлено»; one placed by hand leaves when it is placed.
REPLIES = """
replies AS (
  SELECT told.id AS case_id, told.came_at, told.solvable, told.result,
    CASE WHEN told.answered_at IS NOT NULL THEN least(told.answered_at, sent.final_at) END AS final_at,
    least(sent.first_at, CASE WHEN told.answered_at IS NOT NULL THEN least(told.answered_at, sent.final_at) END)
      AS first_at
  FROM cases_case AS told
  LEFT JOIN (
    SELECT case_id,
      min(at) FILTER (WHERE deed IN ('sign', 'place') AND state = 'sent' OR deed = 'outer_update' AND state = 'closed')
        AS final_at,
      min(at) FILTER (WHERE deed = 'sign' AND state IN ('sent', 'in_work') OR deed = 'place') AS first_at
    FROM cases_move
    WHERE municipality_id = %(municipality)s AND deed IN ('sign', 'place', 'outer_update')
    GROUP BY case_id
  ) AS sent ON sent.case_id = told.id
  WHERE told.municipality_id = %(municipality)s AND (told.answered_at IS NOT NULL OR sent.first_at IS NOT NULL)
)"""

MAIN = """
main AS (
  SELECT DISTINCT ON (term.case_id) term.case_id, term.control_at, term.legal_at, term.stopped_at
  FROM cases_term AS term
  WHERE term.municipality_id = %(municipality)s AND term.key = ANY(%(main_clocks)s)
    AND term.stop_reason NOT IN ('заменён', %(kind_changed)s, 'вид возвращён')
  ORDER BY term.case_id, term.start_at, term.id DESC
)"""

# The first final version that left by our own approval, and whether any version was returned before it.
VERSIONS = """
versions AS (
  SELECT final.case_id, final.kind, NOT EXISTS (
      SELECT FROM cases_answer AS back
      WHERE back.case_id = final.case_id AND back.state = 'returned' AND back.version < final.version
    ) AS at_once
  FROM (
    SELECT DISTINCT ON (case_id) case_id, kind, version FROM cases_answer
    WHERE municipality_id = %(municipality)s AND kind <> 'interim' AND state IN ('signed', 'sent')
    ORDER BY case_id, version
  ) AS final
)"""

# A person's later return overwrites why the machine sent the case to the tray; the move keeps what it was.
RECEIVED = f"""
WITH {UNDONE},
corrected AS MATERIALIZED (
  SELECT DISTINCT case_id FROM cases_move
  WHERE municipality_id = %(municipality)s AND deed = 'set_topic'
    AND details->>'was' IS DISTINCT FROM details->>'is' AND id NOT IN (SELECT id FROM undone)
), read AS (
  SELECT DISTINCT ON (case_id) case_id, state <> 'registered' AS is_assigned
  FROM cases_move WHERE municipality_id = %(municipality)s AND deed = 'register' ORDER BY case_id, id
), returned AS (
  SELECT DISTINCT ON (case_id) case_id, details->'before'->>'triage_reason' AS was
  FROM cases_move WHERE municipality_id = %(municipality)s AND deed = 'return_case' ORDER BY case_id, id
), told AS (
  SELECT found.*, coalesce(returned.was, found.triage_reason) <> %(unsure)s AS is_sure
  FROM cases_case AS found LEFT JOIN returned ON returned.case_id = found.id
  WHERE found.municipality_id = %(municipality)s
)
SELECT told.id AS case_id, told.came_at AS at, 1 AS received, (told.kind = 'appeal')::int AS appeals_received,
  (told.settlement_id IS NULL)::int AS received_place_unknown, told.is_repeat::int AS received_repeated,
  told.is_collective::int AS received_collective, told.solvable::int AS received_solvable,
  told.fast_track::int AS received_fast_track, (told.urgency = 'high')::int AS received_urgent,
  (is_sure AND told.topic_id IS NOT NULL AND corrected.case_id IS NULL)::int AS auto_topic,
  (is_sure AND corrected.case_id IS NOT NULL)::int AS auto_corrected,
  (NOT read.is_assigned)::int AS sent_to_triage
FROM told LEFT JOIN read ON read.case_id = told.id LEFT JOIN corrected ON corrected.case_id = told.id"""

REGISTERED = """
SELECT told.id AS case_id, told.registered_at AS at,
  (told.registered_at <= term.legal_at)::int AS registered_in_time,
  (told.registered_at > term.legal_at)::int AS registered_late
FROM cases_case AS told
JOIN (
  SELECT DISTINCT ON (case_id) case_id, legal_at FROM cases_term
  WHERE municipality_id = %(municipality)s AND key = 'fz59.register_days' ORDER BY case_id, id
) AS term ON term.case_id = told.id
WHERE told.municipality_id = %(municipality)s AND told.kind = 'appeal'"""

ANSWERED = f"""
WITH {REPLIES}, {MAIN}, {VERSIONS},
told AS (
  SELECT replies.case_id, final_at AS at, solvable, coalesce(versions.kind, result) AS kind,
    coalesce(main.stopped_at <= least(main.control_at, main.legal_at), false) AS in_control,
    coalesce(main.stopped_at <= main.legal_at, false) AS in_law,
    versions.case_id IS NOT NULL AS is_checked, coalesce(versions.at_once, false) AS at_once
  FROM replies LEFT JOIN main USING (case_id) LEFT JOIN versions USING (case_id) WHERE final_at IS NOT NULL
)
SELECT case_id, at, 1 AS answered, in_control::int AS answered_control, in_law::int AS answered_legal,
  (kind = 'solved')::int AS answered_solved, (kind = 'explained')::int AS answered_explained,
  (kind = 'refused')::int AS answered_refused, (kind = 'forwarded')::int AS answered_forwarded,
  solvable::int AS solvable_answered, (solvable AND kind = 'solved')::int AS solvable_solved,
  (solvable AND kind = 'explained')::int AS solvable_explained,
  is_checked::int AS checked, at_once::int AS first_pass
FROM told"""

INTERIM = """
SELECT case_id, sent_at AS at, 1 AS answered_interim FROM cases_answer
WHERE municipality_id = %(municipality)s AND kind = 'interim' AND state = 'sent'"""

# A term counts on its day once the day has come. A case that went elsewhere before needed no answer by then.
DUE = f"""
WITH {MAIN}
SELECT main.case_id, main.legal_at AS at, 1 AS due,
  (main.stopped_at IS NULL OR main.stopped_at > main.legal_at)::int AS due_overdue
FROM main JOIN cases_case AS told ON told.id = main.case_id
WHERE main.legal_at <= %(now)s AND NOT (
  main.stopped_at IS NOT NULL AND main.stopped_at <= main.legal_at
  AND (told.state IN ('forwarded', 'left', 'joined') OR told.result = 'no_answer')
)"""

# A promise put off by a newer one before its day is not kept: the applicant was told that day.
PROMISES = """
SELECT case_id, legal_at AS at, 1 AS promises_due,
  (coalesce(stopped_at <= legal_at, false) AND stop_reason <> 'новое обещание')::int AS promises_kept
FROM cases_term
WHERE municipality_id = %(municipality)s AND key = %(promise)s AND legal_at <= %(now)s"""

MOVED = f"""
WITH {UNDONE}
SELECT case_id, at, (deed = 'forward')::int AS forwarded, (deed = 'extend')::int AS extended,
  (deed = 'return_case')::int AS returned, (deed = 'reopen')::int AS reopened, (deed = 'ask')::int AS asked,
  (deed = 'return_answer')::int AS returned_answers, (deed = 'leave')::int AS left_unanswered,
  (deed = 'join')::int AS joined
FROM cases_move
WHERE municipality_id = %(municipality)s
  AND deed IN ('forward', 'extend', 'return_case', 'reopen', 'ask', 'return_answer', 'leave', 'join')
  AND id NOT IN (SELECT id FROM undone)"""

CLOSED = """
SELECT id AS case_id, closed_at AS at, 1 AS closed, (result = 'no_answer')::int AS closed_unanswered
FROM cases_case WHERE municipality_id = %(municipality)s AND closed_at IS NOT NULL"""

INVITED = """
SELECT case_id, created_at AS at, 1 AS invited
FROM satisfaction_invitation WHERE municipality_id = %(municipality)s"""

SCORED = """
SELECT case_id, at, 1 AS scored, (invitation_id IS NOT NULL)::int AS scored_invited, score::int AS score_sum,
  score::int * score AS score_squares, (score <= %(bad_score)s)::int AS low_scores
FROM satisfaction_score WHERE municipality_id = %(municipality)s"""

RECHECKED = """
SELECT case_id, opened_at AS at, 1 AS rechecks
FROM satisfaction_recheck WHERE municipality_id = %(municipality)s"""

SOURCES = (
    Source("received", tuple(columns.RECEIVED), RECEIVED),
    Source("registered", tuple(columns.REGISTERED), REGISTERED),
    Source("answered", tuple(columns.ANSWERED), ANSWERED),
    Source("interim", tuple(columns.INTERIM), INTERIM),
    Source("due", tuple(columns.DUE), DUE),
    Source("promises", tuple(columns.PROMISES), PROMISES),
    Source("moved", tuple(columns.MOVED), MOVED),
    Source("closed", tuple(columns.CLOSED), CLOSED),
    Source("invited", tuple(columns.INVITED), INVITED),
    Source("scored", tuple(columns.SCORED), SCORED),
    Source("rechecked", tuple(columns.RECHECKED), RECHECKED),
)

WAITED = f"""
WITH {REPLIES}
SELECT case_id, first_at AS at, 'first' AS what, came_at FROM replies WHERE first_at IS NOT NULL
UNION ALL
SELECT case_id, final_at AS at, 'final' AS what, came_at FROM replies WHERE final_at IS NOT NULL"""
"""Moments of first and final answers with the receipt they are counted from."""

FIXED = {
    "main_clocks": list(MAIN_CLOCKS),
    "kind_changed": KIND_CHANGED,
    "unsure": UNSURE,
    "promise": PROMISE.key,
    "bad_score": BAD_SCORE,
}
"""Values the SELECTs name that do not depend on the municipality."""

# Days on which anything of these cases has ever stood: history is only added to, so a day once counted is among them.
DAYS_OF_CASES = """
SELECT DISTINCT (at AT TIME ZONE %(zone)s)::date FROM (
  SELECT unnest(ARRAY[came_at, registered_at, answered_at, closed_at]) AS at FROM cases_case WHERE id = ANY(%(cases)s)
  UNION ALL SELECT at FROM cases_move WHERE case_id = ANY(%(cases)s)
  UNION ALL SELECT legal_at FROM cases_term WHERE case_id = ANY(%(cases)s)
  UNION ALL SELECT sent_at FROM cases_answer WHERE case_id = ANY(%(cases)s)
  UNION ALL SELECT created_at FROM satisfaction_invitation WHERE case_id = ANY(%(cases)s)
  UNION ALL SELECT at FROM satisfaction_score WHERE case_id = ANY(%(cases)s)
  UNION ALL SELECT opened_at FROM satisfaction_recheck WHERE case_id = ANY(%(cases)s)
) AS moments WHERE at IS NOT NULL"""

# A term counts once its day has come: nobody touches the case then.
DAYS_COME = """
SELECT DISTINCT (legal_at AT TIME ZONE %(zone)s)::date FROM cases_term
WHERE municipality_id = %(municipality)s AND legal_at > %(since)s AND legal_at <= %(now)s"""
