from django.apps import AppConfig


class VocabulariesConfig(AppConfig):
    name = "tequio.vocabularies"
    verbose_name = "Listas"
    default_auto_field = "django.db.models.BigAutoField"
