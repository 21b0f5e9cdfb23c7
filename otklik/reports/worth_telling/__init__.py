"""What of the analysis is worth telling everybody: proposals for the content plan, each with the figures behind it.

`rules` decides and words, `flow` and `works` read the figures, `selectors` gathers the ideas, `services` makes a draft
of one. A person chooses: nothing is published from here.
"""
