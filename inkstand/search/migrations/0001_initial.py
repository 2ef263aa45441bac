import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations, models

# Each of PostgreSQL's own rules of words, with accents taken off before a stem is looked for.
RULES = (
    "arabic catalan danish dutch english finnish french german greek hindi hungarian indonesian italian norwegian"
    " portuguese romanian russian simple spanish swedish tamil turkish"
).split()
MAKE = """
CREATE TEXT SEARCH CONFIGURATION inkstand_{rules} (COPY = pg_catalog.{rules});
ALTER TEXT SEARCH CONFIGURATION inkstand_{rules}
    ALTER MAPPING FOR hword, hword_part, word WITH unaccent, {dictionary};
"""
DROP = "DROP TEXT SEARCH CONFIGURATION inkstand_{rules};"


def configuration(rules):
    dictionary = "simple" if rules == "simple" else f"{rules}_stem"
    return migrations.RunSQL(MAKE.format(rules=rules, dictionary=dictionary), DROP.format(rules=rules))


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ('articles', '0001_initial'),
        ('titles', '0002_demo'),
    ]

    operations = [
        TrigramExtension(),
        UnaccentExtension(),
        *map(configuration, RULES),
        migrations.CreateModel(
            name='Word',
            fields=[
                ('word', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('seen', models.PositiveIntegerField(help_text='In how many entries, as they were first read.')),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['word'], name='words_alike', opclasses=['gin_trgm_ops'])],
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('article', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='articles.article')),
                ('revision', models.BigIntegerField(help_text='Id of the revision that was read.')),
                ('readable', models.CharField(help_text='Who might read it then; where that changes, it is read anew.', max_length=10)),
                ('published_at', models.DateTimeField()),
                ('shown_from', models.DateTimeField(help_text='When the embargo ends.')),
                ('country', models.CharField(blank=True, max_length=2)),
                ('language', models.CharField(blank=True, help_text='Its first part, as pt.', max_length=20)),
                ('section', models.CharField(blank=True, help_text="Slug of our section, not the title's name for it.", max_length=40)),
                ('has_text', models.BooleanField(help_text='More than headline and standfirst can be read here.')),
                ('words', django.contrib.postgres.search.SearchVectorField()),
                ('title', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='titles.title')),
            ],
            options={
                'verbose_name_plural': 'entries',
                'indexes': [django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['words'], name='entries_words'), models.Index(fields=['-published_at', '-article'], name='entries_newest'), models.Index(fields=['-revision'], name='entries_last_read')],
            },
        ),
    ]
