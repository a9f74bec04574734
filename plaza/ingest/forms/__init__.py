from plaza.ingest.forms.page import PageForm
from plaza.ingest.forms.proposal import ProposalForm

__all__ = ["PageForm", "ProposalForm"]
