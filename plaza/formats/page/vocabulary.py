"""The words by which a page of a network of cities gives itself away, in four languages, folded (no accents, no case).
"""

from typing import Final

# By kind of meeting (MODEL.md); the first that stands nearest the beginning of a title, a label, then a text wins.
KINDS: Final[dict[str, tuple[str, ...]]] = {
    "webinar": ("webinar", "webinario", "webinaire", "webinars", "seminario web", "seminario virtual"),
    "conversation": (
        "conversatorio", "conversation", "conversacion", "conversa", "bate-papo", "roda de conversa", "dialogue",
        "dialogo", "entrevista", "interview", "entrevistamos", "causerie", "entretien", "charlamos", "lo conversamos",
    ),
    "workshop": ("workshop", "taller", "oficina", "atelier", "workshops", "talleres", "oficinas", "ateliers"),
    "panel": ("panel", "painel", "table ronde", "mesa redonda", "round table", "roundtable"),
    "forum": ("forum", "foro", "forums"),
    "conference": (
        "conference", "conferencia", "congreso", "congresso", "congres", "seminario", "seminar", "seminaire",
        "simposio", "symposium", "colloque",
    ),
    "summit": ("summit", "cumbre", "cupula", "sommet", "meeting of mayors", "mayors meeting"),
    "course": ("course", "curso", "cours", "diplomado", "capacitacion", "formation", "training", "formacao"),
    "talk": ("talk", "charla", "palestra", "expose", "lecture", "ponencia"),
    "discussion": ("discussion", "debate", "discusion", "discussao", "debat", "convening"),
    "event": (
        "event", "evento", "evenement", "encuentro", "encontro", "rencontre", "reunion", "reuniao", "semana", "week",
        "semaine", "visita", "visite", "visit", "intercambio", "jornada", "journee", "feria", "meeting", "exchange",
        "sesion", "gira", "festival", "seance",
    ),
}  # fmt: skip

# Meetings that hold others: what stands below them as panels and sessions are theirs.
CONTAINERS: Final = frozenset(("conference", "forum", "summit", "workshop", "course"))
WEEKS: Final = ("semana", "week", "semaine", "festival", "jornadas")

# Labels of links and files (MODEL.md: kinds of materials).
MATERIALS: Final[dict[str, tuple[str, ...]]] = {
    "website": ("website", "web site", "site", "sitio web", "sitio", "pagina web", "site web", "web", "page web"),
    "recording": ("recording", "grabacion", "gravacao", "enregistrement", "recordings", "grabaciones", "gravacoes"),
    "video": ("video", "videos"),
    "notes": ("notes", "notas", "apuntes", "anotacoes", "relatoria", "minutas"),
    "summary": ("summary", "resumen", "resumo", "sintesis", "sintese", "synthese", "resume", "memoria", "memorias"),
    "presentation": (
        "presentation", "presentacion", "apresentacao", "slides", "presentations", "presentaciones", "apresentacoes",
        "diapositivas", "diaporama",
    ),
    "publication": ("publication", "publicacion", "publicacao", "libro", "livro", "brochure"),
    "agenda": ("agenda", "programa", "programme", "programacao", "program", "convocacao", "convocatoria", "ordre du jour"),
    "report": ("report", "informe", "relatorio", "rapport", "reporte"),
}  # fmt: skip
# What may stand around such a label on a line of links.
OFFERS: Final = frozenset(
    "watch see read download view open ver vea mire descargar descargue lea leer baixar baixe veja assista assistir ler"
    " leia voir regarder telecharger lire ecouter click here the of our aqui el la los las o a os as ao do da de del"
    " nuestro material materiales materiais materials ici le les du un una uma event evento encuentro encontro"
    " completo completa full complete pdf".split()
)
# A text that hands something over: "we share the presentation of …".
SHARES: Final = frozenset(
    "share shared compartimos compartilhamos partageons download descargue descargar baixe veja vea watch ver"
    " assista telechargez learn conozca consulte".split()
)

# Nouns that begin what somebody is. Longer ones first where one begins another.
POSTS: Final = frozenset(
    """
    mayor mayors mayoress president chair chairman chairwoman chairperson minister secretary undersecretary director
    manager head chief coordinator officer specialist professor dean researcher planner architect engineer economist
    journalist founder co-founder cofounder representative commissioner councilor councillor councilwoman councilman
    governor ambassador advisor adviser consultant partner ceo vice-president vice deputy lead leader senior executive
    analyst expert lecturer fellow editor moderator host chancellor rector superintendent administrator lawyer
    sociologist scientist author activist artist delegate prefect prime former acting general associate assistant
    global regional national program programme project city urban independent first second
    alcalde alcaldesa intendente intendenta presidente presidenta ministro ministra viceministro viceministra
    secretario secretaria subsecretario subsecretaria director directora gerente gerenta jefe jefa coordinador
    coordinadora especialista profesor profesora decano decana investigador investigadora urbanista arquitecto
    arquitecta ingeniero ingeniera economista periodista fundador fundadora cofundador cofundadora representante
    comisionado comisionada concejal concejala regidor regidora gobernador gobernadora embajador embajadora asesor
    asesora consultor consultora socio socia experto experta tesorero tesorera notario notaria abogado abogada
    diputado diputada senador senadora delegado delegada teniente vicealcalde vicealcaldesa exalcalde exalcaldesa
    vicepresidente vicepresidenta rector rectora editor editora columnista antiguo antigua ex sindico sindica
    responsable encargado encargada titular lider tecnico tecnica miembro doctor doctora sociologo sociologa
    portavoz geografo geografa psicologo psicologa medico medica pedagogo pedagoga presentador presentadora escritor escritora
    locutor locutora ciudadano ciudadana autor autora actor actriz activista portero ciclista mensajero fotografo cofundadores analista paisajista
    prefeito prefeita vice-prefeito vice-prefeita vereador vereadora secretária secretário coordenador coordenadora
    diretor diretora chefe gestor gestora engenheiro engenheira pesquisador pesquisadora jornalista ouvidor ouvidora
    ouvidora-geral ouvidor-geral subprefeito subprefeita deputado deputada assessor assessora advogado advogada
    tecnico analista professor professora dono dona superintendente procurador procuradora enfermeiro enfermeira
    maire adjoint adjointe president presidente directeur directrice chef cheffe responsable charge chargee
    chercheur chercheuse professeur professeure urbaniste architecte ingenieur ingenieure economiste journaliste
    fondateur fondatrice representant representante conseiller conseillere ministre secretaire prefet prefete
    gouverneur gouverneure specialiste coordinateur coordinatrice delegue deleguee premier premiere ancien ancienne
    """.split()
)
PRECEDES_A_PERSON: Final = frozenset(
    "con with com avec by por par participan participam participaron moderates modera moderador moderadora moderation"
    " mediacao mediação moderacao moderation panelistas panelists panelistes speakers ponentes palestrantes intervenants"
    " invitada invitado convidada convidado presento presenta abrio cerro moderó modero falou conto contou explico"
    " explicou ministra facilita presented opened closed featuring animado conduce conducida presente presentó cierre"
    " guests guest special".split()
)
MODERATES: Final = ("modera", "moder", "mediac", "animat", "host")

# Beginnings of the names of bodies: what begins so is no person.
BODIES: Final = frozenset(
    """
    red rede network reseau banco bank banque universidad universidade university universite fundacion fundacao
    foundation fondation instituto institute institut ministerio ministry ministere municipio municipality municipalite
    municipalidad ayuntamiento alcaldia prefeitura intendencia mairie ville city ciudad cidade secretaria secretariat
    asociacion associacao association cooperativa cooperative camara chamber chambre consejo conselho council conseil
    comision comissao commission comite committee organizacion organizacao organization organisation agencia agency
    agence centro centre center gobierno governo government gouvernement programa programme program proyecto projeto
    project foro forum congreso congresso congress cumbre summit union uniao grupo group groupe empresa company
    compania escuela escola school ecole facultad faculdade faculty laboratorio laboratory division unidad unidade unit
    unite departamento department departement radio revista diario taller oficina colectivo coletivo federacion
    federacao mancomunidad consorcio viacao aguas patronato house oficina corporacion corporation servicio servico
    service direccion diretoria general global latin latina latinoamericana latino iberoamericano ibero-american
    semana week mercado plaza parque avenida calle rua rue street avenue barrio centro hotel teatro museo museu casa
    palacio convention acuerdo agreement accord acordo declaracion agenda plan plano marco ley lei law objetivos
    desarrollo sustainable united naciones nacoes nations world mundial tres dos uno new nueva nuevo nova novo san
    climate change citizen security public space urban housing session sessions cities members projects proyectos
    projetos laureates organisations organizations authority innovation innovacion inovacao institutos knowledge
    secretaries defensa defesa energia energy technology tecnologia ciencia science tecnologias embajada embaixada
    embassy fondo fundo fund alianza alianca alliance campos movilidad mobilidade mobility ambiente medio estrategia
    colegio asociaciones trust patron banca excelencia senhoria
    strategy informe report cumbre patrimonio sostenible eficiencia energetica transicion cambio regional ministry
    """.split()
)
# Of these, words that are surnames or given names as well: they do not speak against a person by themselves.
ALSO_NAMES: Final = frozenset(
    "plaza casa calle mercado marco san tres dos uno ley lei banco ville nova novo nueva nuevo new parque rua museo"
    " cumbre union street house bank green centro servicio campos silva".split()
)
PARTICLES: Final = frozenset("de del la las los da das do dos e y van von der den di du des le el bin al".split())
