"""Addresses of publications: the plan, materials, posts, ideas, pictures, the calm mode."""

from django.urls import path

from otklik.desk.views import (
    content,
    content_agree,
    content_calm,
    content_ideas,
    content_list,
    content_material,
    content_media,
    content_post,
    content_publics,
)

urlpatterns = [
    path("content/", content.board, name="content"),
    path("content/plan.<str:form>", content.paper, name="content_paper"),
    path("content/new/", content_material.new, name="content_new"),
    path("content/preview/", content_material.preview, name="content_preview"),
    path("content/approval/", content_agree.approval, name="content_approval"),
    path("content/ideas/", content_ideas.ideas, name="content_ideas"),
    path("content/ideas/take/", content_ideas.take, name="content_take"),
    path("content/materials/", content_list.materials, name="content_materials"),
    path("content/materials/<int:number>/", content_material.material, name="content_material"),
    path("content/materials/<int:number>/change/", content_material.change, name="content_change"),
    path("content/materials/<int:number>/do/<slug:name>/", content_agree.deed, name="content_deed"),
    path("content/posts/<int:key>/", content_post.post, name="content_post"),
    path("content/posts/<int:key>/move/", content.move, name="content_move"),
    path("content/posts/<int:key>/text/", content_material.version, name="content_version"),
    path("content/posts/<int:key>/do/<slug:name>/", content_post.deed, name="content_post_deed"),
    path("content/calm/", content_calm.calm, name="content_calm"),
    path("content/calm/<slug:name>/", content_calm.switch, name="content_calm_switch"),
    path("content/media/", content_media.media, name="content_media"),
    path("content/media/<int:key>/file/", content_media.picture, name="content_picture"),
    path("content/media/<int:key>/do/<slug:name>/", content_media.picture_deed, name="content_picture_deed"),
    path("content/headings/", content_media.headings, name="content_headings"),
    path("content/headings/<slug:name>/", content_media.heading_deed, name="content_heading_deed"),
    path("content/publics/", content_publics.publics, name="content_publics"),
    path("content/publics/export/", content_publics.export, name="content_publics_export"),
    path("content/publics/<int:key>/file/", content_publics.file, name="content_publics_file"),
]
