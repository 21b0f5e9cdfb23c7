"""Otklik — the open system of a municipal control centre (МЦУ)."""

__version__ = "0.1.0"
