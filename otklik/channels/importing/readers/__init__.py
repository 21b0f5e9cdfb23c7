"""Readers of tables: whatever the file is by its content, it becomes sheets of rows, read in a stream.

`open_sheets` is the door; each reader file knows one format.
"""
