

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tenders', '0007_market_contact'),
    ]

    operations = [
        migrations.AddField(
            model_name='criterion',
            name='formula',
            field=models.CharField(blank=True, choices=[('linear', 'Linear: as many per cent dearer, as many per cent fewer points'), ('proportional', 'Proportional: half the points at double the price')], max_length=12),
        ),
        migrations.AddField(
            model_name='tender',
            name='copied_from',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='tenders.tender'),
        ),
        migrations.AlterField(
            model_name='criterion',
            name='kind',
            field=models.CharField(choices=[('levels', 'Described levels'), ('price', 'Price, by a formula')], default='levels', max_length=8),
        ),
        migrations.AlterField(
            model_name='tender',
            name='procedure',
            field=models.CharField(choices=[('idea_competition', 'Idea competition (StartOff)'), ('small_tender', 'Small tender')], max_length=24),
        ),
        migrations.AddConstraint(
            model_name='criterion',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'price')), fields=('stage',), name='criterion_one_price_per_stage', violation_error_message='Price counts in this stage already.'),
        ),
        migrations.AddConstraint(
            model_name='criterion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('formula', ''), ('kind', 'levels')), models.Q(('formula__in', ['linear', 'proportional']), ('kind', 'price')), _connector='OR'), name='criterion_price_has_its_formula', violation_error_message='Choose how price gives points.'),
        ),
    ]
