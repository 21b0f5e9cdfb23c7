"""The lake of facts: Parquet by region and month without anything of a person, and the same measures over it.

Imported by `otklik lake` alone: its libraries never load in web processes.
"""
