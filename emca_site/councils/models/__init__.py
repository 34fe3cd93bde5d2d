from emca_site.councils.models.council import Council, CouncilKind, CountyCouncil
from emca_site.councils.models.topic import Topic
from emca_site.councils.models.who import Who

__all__ = ["Council", "CouncilKind", "CountyCouncil", "Topic", "Who"]
