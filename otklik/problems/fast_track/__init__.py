"""Fast-track mechanisms: designed as a rule, run by routing and clocks, measured."""
