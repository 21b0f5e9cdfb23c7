"""What the content plan keeps: headings, pictures, materials with their approval, posts with their reach."""

from otklik.outreach.content.models.headings import PostTemplate, Rubric, TargetGroup
from otklik.outreach.content.models.materials import ApprovalStep, Material, MaterialMove
from otklik.outreach.content.models.pictures import LinkPreview, MediaItem, MediaSize
from otklik.outreach.content.models.posts import CalmMode, Post, PostReach, PublicsExport

__all__ = [
    "ApprovalStep",
    "CalmMode",
    "LinkPreview",
    "Material",
    "MaterialMove",
    "MediaItem",
    "MediaSize",
    "Post",
    "PostReach",
    "PostTemplate",
    "PublicsExport",
    "Rubric",
    "TargetGroup",
]
