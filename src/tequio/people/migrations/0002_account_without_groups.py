from django.db import migrations


class Migration(migrations.Migration):
    """What an account may do follows from its roles: no groups, no permissions of its own, no superuser."""

    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.RemoveField("account", "groups"),
        migrations.RemoveField("account", "user_permissions"),
        migrations.RemoveField("account", "is_superuser"),
    ]
