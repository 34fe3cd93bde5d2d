from django import template

from emca_site.publishing.times import in_words

register = template.Library()
register.filter("moment", in_words)
