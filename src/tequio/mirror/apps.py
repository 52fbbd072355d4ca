from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MirrorConfig(AppConfig):
    name = "tequio.mirror"
    verbose_name = "Copia"

    def ready(self) -> None:
        from tequio.mirror import contents
        from tequio.record.kinds import Kind, register

        register(Kind("mirror.published", _("Se publicó una copia del portal")))
        contents.register_all()
