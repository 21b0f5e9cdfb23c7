"""Words of the journal for errands."""

from otklik.office.errands.rules import DEEDS

WORDS = {
    "errands.given": "дано поручение",
    **{f"errands.{key}": f"поручение: {deed.done}" for key, deed in DEEDS.items()},
    "errands.escalated": "о просроченном поручении сказано выше",
}
