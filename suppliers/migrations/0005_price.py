

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('suppliers', '0004_amendment_confirmation'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='submissionversion',
            name='submissionversion_replaced_means_gone',
        ),
        migrations.AddField(
            model_name='submissionversion',
            name='price',
            field=models.BinaryField(blank=True, default=b''),
        ),
        migrations.AddField(
            model_name='submissionversion',
            name='price_opened_key',
            field=models.BinaryField(blank=True, default=b''),
        ),
        migrations.AddField(
            model_name='submissionversion',
            name='price_sealed_key',
            field=models.BinaryField(blank=True, default=b''),
        ),
        migrations.AddConstraint(
            model_name='submissionversion',
            constraint=models.CheckConstraint(condition=models.Q(('replaced_at', None), models.Q(('content', b''), ('manifest', b''), ('opened_key', b''), ('price', b''), ('price_opened_key', b''), ('price_sealed_key', b''), ('sealed_key', b'')), _connector='OR'), name='submissionversion_replaced_means_gone'),
        ),
    ]
