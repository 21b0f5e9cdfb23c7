"""Measurements against the budgets of docs/performance.md; each file is run by `otklik bench NAME`."""
