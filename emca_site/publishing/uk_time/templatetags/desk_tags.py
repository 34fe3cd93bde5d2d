from django import template

from emca_site.publishing.uk_time import times

register = template.Library()
register.filter("moment", times.in_words)
register.filter("time_of_day", times.time_of_day)
register.filter("when_it_goes_live", times.when_it_goes_live)
register.filter("what_submitting_does", times.what_submitting_does)
