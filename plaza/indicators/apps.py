from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "plaza.indicators"
    label = "indicators"

    def ready(self) -> None:
        from plaza.core.records import record_kinds
        from plaza.indicators.domain.records import INDICATORS, VALUES

        for kind in (INDICATORS, VALUES):
            record_kinds.add(kind.name, kind)
