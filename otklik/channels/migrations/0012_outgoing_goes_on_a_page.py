"""A post of our own on an official page is a third way out beside a comment and a message."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('channels', '0011_outgoing_is_found_by_its_proof'),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='outgoing', name='outgoing_way'),
        migrations.AddConstraint(
            model_name='outgoing',
            constraint=models.CheckConstraint(condition=models.Q(('way__in', ['', 'comment', 'message', 'page'])), name='outgoing_way'),
        ),
    ]
