"""`python -m otklik` is the `otklik` command where the script is not on the path."""

from otklik.config.cli import main

main(prog_name="otklik")
