"""Files into raw messages: readers give rows, headings name cells, a preset or a mapping makes each row Incoming.

Front door: `run.start_run`, `run.take_in`, `run.errors_xlsx`, `preview.look_into` for the mapping screen.
"""
