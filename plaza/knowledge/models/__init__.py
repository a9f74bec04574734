from plaza.knowledge.models.recordings import Recording, Segment, Transcript
from plaza.knowledge.models.works import Work

__all__ = ["Recording", "Segment", "Transcript", "Work"]
