from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SuccessionConfig(AppConfig):
    name = "tequio.succession"
    verbose_name = "Continuidad"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tequio.common import schedule
        from tequio.record.kinds import Kind, register
        from tequio.succession import recover

        register(
            Kind("host.restored", _("El registro se levantó en otro servidor"), decisive=True),
            Kind("host.recovered", _("Se recuperaron actos después de poner una copia antigua"), decisive=True),
            Kind("host.succeeded", _("Los testigos nombraron una llave nueva"), decisive=True),
            Kind(
                "accounts.handed_over",
                _("Se entregaron las cuentas de quienes trabajan aquí, cifradas, a quien sucede"),
                decisive=True,
            ),
            Kind("drill.done", _("Se ensayó levantar el portal desde su copia pública")),
        )
        schedule.each_minute("succession", recover.look)
