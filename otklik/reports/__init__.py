"""Notes and reports: compose -> freeze -> render -> approve -> send. A frozen one gives the same figures for ever."""
