"""A year of a municipality, played month by month through the services: `otklik demo --year`.

Each part of the year stands in a file of its own here and gives one function

    def play_month(town: Municipality, month: Period, cast: Cast) -> None: ...

that `playing.PARTS` lists in the order of a month: messages first, papers last. Months come oldest first; the
last one ends today. A part does what people of a centre do in such a month, by the services of its package: it
asks `cast` who acts (`who`, `everyone`, `of_role`) and when (`at`, `day_in`), gives that moment to the service as
`now`, and writes no rows itself. Nothing happens after `cast.now`. A part may look at what earlier months left
(an errand of March is reported in April); what it finds missing (no person with the right, a charter without
such a duty) ends its month quietly. A refusal by a rule ends the part's month and is written to the log.
"""
