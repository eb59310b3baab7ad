/**
 * Sites on which a company has a page but which are not its own: a "website" there says nothing of the company's domain.
 * `brand.*` is the brand under any public suffix.
 */
export const PROFILE_HOSTS: readonly string[] =
  `facebook.com fb.com fb.me instagram.com linkedin.com lnkd.in xing.com twitter.com x.com threads.net tiktok.com
  youtube.com youtu.be vimeo.com pinterest.* vk.com vkontakte.ru ok.ru t.me telegram.me wa.me whatsapp.com discord.gg
  discord.com reddit.com medium.com substack.com github.com gitlab.com behance.net dribbble.com linktr.ee about.me
  bit.ly g.page goo.gl google.* yelp.* tripadvisor.* crunchbase.com trustpilot.com clutch.co upwork.com fiverr.com etsy.com
  ebay.* amazon.* allegro.pl olx.* booking.com airbnb.* wikipedia.org`.split(/\s+/)
