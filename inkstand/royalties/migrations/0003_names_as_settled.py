"""What a title was called, and whose it was, when its month was settled."""

import django.db.models.deletion
from django.db import migrations, models

NAME = models.CharField(help_text="The title's, when the month was settled.", max_length=300)
PUBLISHER = models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="titles.publisher")


def added(model, name, field):
    # No month was ever settled without these, so the default is given to no row.
    one_off = field.clone()
    one_off.default = 0 if name == "publisher" else ""
    return migrations.AddField(model, name, one_off, preserve_default=False)


class Migration(migrations.Migration):
    dependencies = [("royalties", "0002_guards"), ("titles", "__first__")]

    operations = [added("tally", "publisher", PUBLISHER), added("tally", "name", NAME), added("earning", "name", NAME)]
