from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("editions", "0002_stays")]
    operations = [
        migrations.RenameField("hour", "zone", "asked"),
        migrations.AlterField("hour", "asked", models.CharField(max_length=60, blank=True)),
    ]
