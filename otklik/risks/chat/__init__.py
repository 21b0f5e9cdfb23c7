"""The alert chat: what is said there, in which form, what never leaves, and answers that come back to the card.

`services.say` is the one way into the chat; `services.take_answers` the one way back.
"""
