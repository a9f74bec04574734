"""An old page of the network, and how a test receives one without reading it anew: a process of its own costs half a second."""

import json
from functools import cache
from typing import Any
from unittest.mock import patch

from plaza.accounts.models import User
from plaza.ingest.domain import pages
from plaza.ingest.domain.source import read_apart
from plaza.ingest.models import ReadPage

PAGE = """La Red de Prueba es una red de ciudades.


Mercados que vuelven a abrir
Taller en Quito, 12 de marzo de 2021
• Ana Ribera, alcaldesa de Riberas, Ecuador
• Nadie Conocido, director de mercados
Grabación | Notas

Agua de lluvia en los techos
Webinar, abril de 2020
¿Puede un techo dar agua a una manzana? Lo contó Marta Lejana, ingeniera.


Otros encuentros
• Curso "Catastro sencillo" - Guayaquil, mayo de 2017 | Agenda
"""


def received(page: str, by: User) -> ReadPage:
    """What the real reader made of it in the first test that asked. Whoever tests the reading calls `receive_page`."""
    with patch.object(pages, "read_apart", lambda data: json.loads(_read(data))):
        return pages.receive_page(data=page.encode(), by=by)


@cache
def _read(data: bytes) -> Any:
    return json.dumps(read_apart(data))
