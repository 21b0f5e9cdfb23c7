"""The second wall: the content plan of other municipalities does not exist for the application."""

from django.db import migrations

from otklik.common.rls import fence


class Migration(migrations.Migration):
    dependencies = [("content", "0001_materials_and_posts"), ("common", "0002_scope_function")]

    operations = [
        fence("content_rubric"),
        fence("content_targetgroup"),
        fence("content_posttemplate"),
        fence("content_mediaitem"),
        fence("content_mediasize"),
        fence("content_linkpreview"),
        fence("content_material"),
        fence("content_approvalstep"),
        fence("content_materialmove"),
        fence("content_calmmode"),
        fence("content_publicsexport"),
        fence("content_post"),
        fence("content_postreach"),
    ]
