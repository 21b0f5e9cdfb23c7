"""Questions about cases, each behind a door that knows the person."""

from otklik.cases.selectors.board import MyDay, TermsBoard, my_day, terms_board
from otklik.cases.selectors.card import Card, card_for, originals_of
from otklik.cases.selectors.doors import cases_for, get_case_done_by, get_case_for, in_hands_of
from otklik.cases.selectors.filters import CaseFilter
from otklik.cases.selectors.labels import TopicFigures, confirmed_counts, confirmed_topics, topic_figures
from otklik.cases.selectors.lists import Page, RowClock, list_clocks, list_page, neighbour
from otklik.cases.selectors.past import try_rule

__all__ = [
    "Card",
    "CaseFilter",
    "MyDay",
    "Page",
    "RowClock",
    "TermsBoard",
    "TopicFigures",
    "card_for",
    "cases_for",
    "confirmed_counts",
    "confirmed_topics",
    "get_case_done_by",
    "get_case_for",
    "in_hands_of",
    "list_clocks",
    "list_page",
    "my_day",
    "neighbour",
    "originals_of",
    "terms_board",
    "topic_figures",
    "try_rule",
]
