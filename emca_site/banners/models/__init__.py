from emca_site.banners.models.banner import Banner
from emca_site.banners.models.notice import Level, Notice
from emca_site.banners.models.on_pages import BannersMixin

__all__ = ["Banner", "BannersMixin", "Level", "Notice"]
