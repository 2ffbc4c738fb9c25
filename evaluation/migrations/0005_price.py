

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('evaluation', '0004_places_as_announced'),
        ('suppliers', '0005_price'),
    ]

    operations = [
        migrations.CreateModel(
            name='PriceScore',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('price', models.DecimalField(decimal_places=2, max_digits=12)),
                ('lowest', models.DecimalField(decimal_places=2, max_digits=12)),
                ('points', models.DecimalField(decimal_places=2, max_digits=5)),
                ('covers', models.TextField(blank=True)),
                ('counted_at', models.DateTimeField()),
                ('submission', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='price_score', to='suppliers.submission')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('lowest__gt', 0), ('price__gte', models.F('lowest'))), name='pricescore_not_below_the_lowest'), models.CheckConstraint(condition=models.Q(('points__gte', 0)), name='pricescore_points_not_below_zero')],
            },
        ),
    ]
