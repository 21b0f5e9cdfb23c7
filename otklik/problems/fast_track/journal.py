"""Words of the journal for fast-track mechanisms."""

WORDS = {
    "fast_track.proposed": "предложено ускорить решение по теме",
    "fast_track.refused": "предложение ускорить отклонено",
    "fast_track.designed": "составлен механизм ускоренного решения",
    "fast_track.changed": "изменён проект механизма ускоренного решения",
    "fast_track.measure_added": "в механизм записана мера",
    "fast_track.measure_done": "мера механизма исполнена",
    "fast_track.approved": "механизм ускоренного решения утверждён и включён",
    "fast_track.stopped": "механизм ускоренного решения остановлен",
    "fast_track.measured": "измерен выигрыш механизма",
}
