from emca_site.publishing.scheduling.models.schedule_failure import Event, ScheduleFailure
from emca_site.publishing.scheduling.models.scheduler_beat import DailyCommand, SchedulerBeat

__all__ = ["DailyCommand", "Event", "ScheduleFailure", "SchedulerBeat"]
