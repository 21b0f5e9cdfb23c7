"""SQL that draws rows of a whole history from the pool: written once by the database itself, without a round trip.

Every statement makes the rows numbered from `first` to `last`; the number of a case is its id.
"""

POOL = """
CREATE UNLOGGED TABLE bench_pool (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, season text, municipality bigint, text text, gist text,
  topic bigint, settlement bigint, street text, house text, lat float8, lon float8, h3 text, body bigint,
  channel bigint, kind text
)
"""

# Three years up to now, in the order of numbers; snow is written of in winter, grass in summer.
DRAWN = """
CREATE UNLOGGED TABLE bench_drawn_{part} AS
SELECT g AS id, at, random() AS fate, random() AS pace,
  1 + CASE WHEN month IN (11, 12, 1, 2, 3) AND dice < 0.3 THEN floor(random() * {size} / 10)
           WHEN month IN (6, 7, 8) AND dice < 0.3 THEN {size} / 10 + floor(random() * {size} / 10)
           ELSE {size} / 5 + floor(random() * ({size} - {size} / 5)) END::int AS pool
FROM (
  SELECT g, at, random() AS dice, extract(month FROM at) AS month
  FROM (SELECT g, now() - interval '3 years' * (1 - (g - 0.5 * random()) / {cases}) AS at
        FROM generate_series({first}, {last}) AS g OFFSET 0) AS moments OFFSET 0
) AS dated
"""

CHANNEL_ROWS = """
INSERT INTO channels_rawmessage (id, municipality_id, channel_id, outer_id, came_at, payload, content_hash, state,
  error, tries)
SELECT drawn.id, municipality, channel, 'b-' || drawn.id, at,
  jsonb_build_object('text', text, 'came_at', at, 'outer_id', 'b-' || drawn.id), md5(drawn.id::text),
  'registered', '', 0
FROM bench_drawn_{part} AS drawn JOIN bench_pool AS pool ON pool.id = drawn.pool
"""

APPLICANTS = """
INSERT INTO cases_applicant (id, municipality_id, kind, category, name, phone, email, address, outer_author,
  is_identified, fingerprint)
SELECT drawn.id, municipality, 'citizen', '', 'Заявитель ' || drawn.id % 300007, '', '', '', '', false,
  md5((drawn.id % 300007)::text)
FROM bench_drawn_{part} AS drawn JOIN bench_pool AS pool ON pool.id = drawn.pool
"""

CASES = """
INSERT INTO cases_case (id, number, kind, kind_reason, text_kind, outer_id, outer_link, outer_status, gist,
  masked_text, came_at, registered_at, state, needs_triage, triage_reason, urgency, urgency_reason, fast_track,
  solvable, is_collective, is_repeat, topic_id, topic_sureness, topic_words, topic_options, topic_checked,
  block_key, settlement_id, street, house, lat, lon, h3, place_sureness, place_words, place_checked, body_id,
  body_reason, next_term_key, next_control_at, next_legal_at, answered_at, closed_at, result, follow_hash,
  text_key, bands, version, changed_at, channel_id, municipality_id, raw_id, applicant_id)
SELECT id, to_char(at, 'YYYY') || '-' || id, kind, 'по каналу', 'complaint',
  CASE WHEN id % 3 = 0 THEN 'b-' || id ELSE '' END, '', '', gist,
  text || ' Заявка ' || 100000 + id || '.', at, at + interval '20 minutes', state, state = 'registered',
  CASE WHEN state = 'registered' THEN 'тема ниже порога уверенности: решает человек' ELSE '' END,
  CASE WHEN id % 40 = 0 THEN 'high' ELSE 'normal' END, '', id % 7 = 0, true, false, id % 23 = 0,
  topic, 0.5 + fate / 2, ARRAY['дорога', 'яма'], '[["roads", 0.2]]', id % 5 = 0, '', settlement, street, house,
  lat, lon, h3, 0.9, ARRAY['улица'], false, CASE WHEN state <> 'registered' THEN body END, 'автоправило 1',
  CASE WHEN is_open AND kind = 'appeal' THEN 'fz59.review_days' WHEN is_open THEN 'message.days_ordinary' ELSE '' END,
  CASE WHEN is_open THEN at + interval '20 days' * (0.4 + pace) END,
  CASE WHEN is_open THEN at + interval '30 days' END,
  CASE WHEN NOT is_open THEN done_at END, CASE WHEN NOT is_open THEN done_at END,
  CASE WHEN NOT is_open THEN 'solved' ELSE '' END, '', md5(id::text),
  ARRAY[hashint8(id), hashint8(-id), hashint8(id * 3), hashint8(id * 5), hashint8(id * 7), hashint8(id * 11),
        hashint8(id * 13), hashint8(id * 17)],
  1, at, channel, municipality, id, id
FROM (
  SELECT *, state IN ('registered', 'assigned', 'in_work', 'asking', 'on_approval', 'signing', 'placing') AS is_open,
    least(at + interval '20 days' * pace, now()) AS done_at
  FROM (
    SELECT drawn.id, at, pace, fate, municipality, text, gist, topic, settlement, street, house, lat, lon, h3,
      body, channel, kind,
      CASE WHEN at < now() - interval '30 days' THEN
        CASE WHEN fate < 0.92 THEN 'closed' WHEN fate < 0.95 THEN 'forwarded' WHEN fate < 0.97 THEN 'left'
             WHEN fate < 0.99 THEN 'sent' ELSE 'in_work' END
      ELSE
        CASE WHEN fate < 0.08 THEN 'registered' WHEN fate < 0.25 THEN 'assigned' WHEN fate < 0.6 THEN 'in_work'
             WHEN fate < 0.63 THEN 'asking' WHEN fate < 0.7 THEN 'on_approval' WHEN fate < 0.75 THEN 'signing'
             WHEN fate < 0.78 THEN 'placing' ELSE 'closed' END
      END AS state
    FROM bench_drawn_{part} AS drawn JOIN bench_pool AS pool ON pool.id = drawn.pool
  ) AS fated
) AS told
"""

TEXTS = """
INSERT INTO cases_casetext (municipality_id, case_id, text, spans)
SELECT municipality_id, id, masked_text, '[]' FROM cases_case WHERE id BETWEEN {first} AND {last}
"""

QUESTIONS = """
INSERT INTO cases_question (municipality_id, case_id, number, start, "end", text, topic_id, topic_sureness)
SELECT municipality_id, id, place, 0, length(gist), gist, topic_id, 0.8
FROM cases_case, generate_series(1, 2) AS place WHERE id BETWEEN {first} AND {last} AND id % 4 = 0
"""

TERMS = """
INSERT INTO cases_term (municipality_id, case_id, key, title, clause, unit, is_inner, is_unconfirmed, start_at,
  control_at, legal_at, nominal_on, stopped_at, stop_reason, why)
SELECT municipality_id, id, key, 'Ответ по существу', 'ч. 1 ст. 12 59-ФЗ', 'days', is_inner, false,
  registered_at, greatest(coalesce(next_control_at, came_at + interval '20 days'), registered_at),
  registered_at + days * interval '1 day', (registered_at + days * interval '1 day')::date, closed_at,
  CASE WHEN closed_at IS NULL THEN '' ELSE 'answered' END, ''
FROM cases_case, (VALUES ('appeal', 'fz59.review_days', false, 30), ('message', 'message.days_ordinary', false, 30),
  ('', 'deadline.draft_days', true, 25)) AS clocks (of_kind, key, is_inner, days)
WHERE id BETWEEN {first} AND {last} AND of_kind IN (kind, '')
"""

MOVES = """
INSERT INTO cases_move (municipality_id, case_id, deed, state, at, by_title, why, details)
SELECT municipality_id, id, deed, CASE WHEN last THEN state ELSE after END,
  came_at + (coalesce(closed_at, now()) - came_at) * share, 'Отклик', 'автоправило 1', '{{}}'
FROM cases_case, (VALUES ('register', 'registered', 0, false), ('assign', 'assigned', 0.1, false),
  ('take', 'in_work', 0.3, false), ('close', 'closed', 1, true)) AS walk (deed, after, share, last)
WHERE id BETWEEN {first} AND {last} AND (closed_at IS NOT NULL OR deed <> 'close')
"""

ASSIGNMENTS = """
INSERT INTO cases_assignment (municipality_id, case_id, body_id, is_main, since, reason)
SELECT municipality_id, id, body_id, true, registered_at, 'автоправило 1'
FROM cases_case WHERE id BETWEEN {first} AND {last} AND body_id IS NOT NULL
"""

ANSWERS = """
INSERT INTO cases_answer (municipality_id, case_id, version, kind, text, state, signer_title, signed_at, sent_at,
  return_reason, faults, created_at)
SELECT municipality_id, id, 1, 'solved', 'Рассмотрели. ' || masked_text, 'sent', 'Глава', answered_at, answered_at,
  '', '[]', answered_at
FROM cases_case WHERE id BETWEEN {first} AND {last} AND answered_at IS NOT NULL
"""

OUTGOING = """
INSERT INTO channels_outgoing (municipality_id, channel_id, kind, about, recipient, reply_to, subject, body, key,
  state, tries, next_try_at, error, sent_at, proof, created_at)
SELECT municipality_id, channel_id, 'answer', number, '', '', '', gist, 'answer:' || id, 'sent', 1, answered_at,
  '', answered_at, '', answered_at
FROM cases_case WHERE id BETWEEN {first} AND {last} AND answered_at IS NOT NULL AND id % 2 = 0
"""

TWINS = """
INSERT INTO cases_twin (municipality_id, case_id, other_id, case_came_at, other_came_at, kind, sureness, reason,
  decision)
SELECT one.municipality_id, one.id, other.id, one.came_at, other.came_at, 'joined', 0.8, 'текст совпадает на 80 %',
  'proposed'
FROM cases_case AS one JOIN cases_case AS other ON other.id = one.id - 5
  AND other.municipality_id = one.municipality_id
WHERE one.id BETWEEN {first} AND {last} AND one.id % 20 = 0
"""

FIRST_STAGE = (DRAWN, CHANNEL_ROWS, APPLICANTS, CASES)
SECOND_STAGE = (TEXTS, QUESTIONS, TERMS, MOVES, ASSIGNMENTS, ANSWERS, OUTGOING, TWINS)
TABLES = (
    "channels_rawmessage", "cases_applicant", "cases_case", "cases_casetext", "cases_question", "cases_term",
    "cases_move", "cases_assignment", "cases_answer", "channels_outgoing", "cases_twin",
)  # fmt: skip
