from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('cases', '0013_conversations')]

    operations = [
        migrations.AddField(
            model_name='case',
            name='outer_due_at',
            field=models.DateTimeField(null=True, verbose_name='срок во внешней системе'),
        ),
    ]
