from plaza.ingest.forms.calendar import CalendarForm
from plaza.ingest.forms.page import PageForm
from plaza.ingest.forms.proposal import ProposalForm

__all__ = ["CalendarForm", "PageForm", "ProposalForm"]
