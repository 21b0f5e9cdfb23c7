"""Tables handed over to the region's systems (BI ЦУР РФ, ЦУР) on a timer: depersonalised, by an editable template.

`template` says what goes in, `tables` reads it, `writing` makes the file, `services` leaves it in the depot of the
channel. Every delivery is kept with its digest.
"""
