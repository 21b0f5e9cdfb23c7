"""The working plan, requests, training, methods, consultations and competence."""
