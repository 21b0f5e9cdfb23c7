"""What the outward half keeps: pages, publications, media with the journal of contacts, press releases, open data."""

from otklik.outreach.models.media import MediaContact, MediaOutlet, MediaTalk
from otklik.outreach.models.open_data import DatasetIssue, OpenDataset
from otklik.outreach.models.pages import LawCheck, OfficialPage, PageCheck
from otklik.outreach.models.publications import Publication
from otklik.outreach.models.releases import PressRelease, ReleaseSending

__all__ = [
    "DatasetIssue",
    "LawCheck",
    "MediaContact",
    "MediaOutlet",
    "MediaTalk",
    "OfficialPage",
    "OpenDataset",
    "PageCheck",
    "PressRelease",
    "Publication",
    "ReleaseSending",
]
