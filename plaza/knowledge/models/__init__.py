from plaza.knowledge.models.materials import Material
from plaza.knowledge.models.recordings import Recording, Segment, Transcript
from plaza.knowledge.models.works import Work

__all__ = ["Material", "Recording", "Segment", "Transcript", "Work"]
