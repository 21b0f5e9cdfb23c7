"""Words of the journal for topics."""

WORDS = {"topics.learnt": "модель тем дообучена на подтверждённых темах муниципалитета"}
