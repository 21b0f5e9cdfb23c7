"""The content plan: materials, posts, ideas, pictures, the calm mode."""

from tests.rights.opened.wanted import Address, read, write

PUBLISHES, APPROVES = "outreach.publish", "outreach.approve"
SEES_PLAN = frozenset({PUBLISHES, APPROVES})
CONTENT: dict[str, Address] = {
    "desk:content": read(*SEES_PLAN),
    "desk:content_paper": read(*SEES_PLAN, of="content_form"),
    "desk:content_new": read(PUBLISHES),
    "desk:content_preview": write(PUBLISHES),
    # Whoever is named on the route of a material sees it as well; the material of this table asks for nobody.
    "desk:content_approval": read(),
    "desk:content_materials": read(*SEES_PLAN),
    "desk:content_material": read(*SEES_PLAN, of="material"),
    "desk:content_change": write(PUBLISHES, of="material"),
    "desk:content_deed": write(*SEES_PLAN, of="material_back"),
    "desk:content_post": read(*SEES_PLAN, of="content_post"),
    "desk:content_move": write(PUBLISHES, of="content_post"),
    "desk:content_version": write(PUBLISHES, of="content_post"),
    "desk:content_post_deed": write(PUBLISHES, of="content_post_deed"),
    "desk:content_ideas": read(*SEES_PLAN),
    "desk:content_take": write(PUBLISHES),
    "desk:content_calm": read(*SEES_PLAN),
    "desk:content_calm_switch": write(*SEES_PLAN, of="calm_on"),
    "desk:content_media": read(*SEES_PLAN),
    "desk:content_picture": read(of="picture"),
    "desk:content_picture_deed": write(PUBLISHES, of="picture_deed"),
    "desk:content_headings": read(*SEES_PLAN),
    "desk:content_heading_deed": write(PUBLISHES, of="heading"),
    "desk:content_publics": read(*SEES_PLAN),
    "desk:content_publics_export": write(PUBLISHES),
    "desk:content_publics_file": read(*SEES_PLAN, of="publics_file"),
}
CONTENT_OF_ONE_TOWN = frozenset(
    {
        "material",
        "material_back",
        "content_post",
        "content_post_deed",
        "picture",
        "picture_deed",
        "publics_file",
    }
)
