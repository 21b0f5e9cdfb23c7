"""Words of the journal for deeds that are whole on the desk."""

WORDS = {"desk.hurried": "исполнителя поторопили"}
