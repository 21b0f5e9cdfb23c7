"""Files into raw messages: readers give rows, headings name cells, a preset or a mapping makes each row Incoming.

Front door: `preview.upload` for the mapping screen, `run.start_run` and `run.take_in`, `errors_table.errors_xlsx`.
"""
