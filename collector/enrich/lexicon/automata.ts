/** What kind of program sends requests of its own; `bot` is every other one. */
export type AutomatonKind = 'ai_crawler' | 'link_preview' | 'mail_scanner' | 'headless' | 'bot'

export interface Automata {
  readonly kind: AutomatonKind
  /** what each of them is, to end a sentence with */
  readonly what: string
  /** comma between them; found as words, whatever their case; `^`: at the start alone */
  readonly names: string
}

/** Programs that name themselves. Those of the first group that names one count: what it is for goes before how it runs. */
export const AUTOMATA: readonly Automata[] = [
  {
    kind: 'ai_crawler',
    what: 'an AI crawler',
    names: `GPTBot, OAI-SearchBot, ClaudeBot, Claude-Web, Claude-SearchBot, anthropic-ai, PerplexityBot, CCBot, Bytespider,
      TikTokSpider, Google-Extended, Google-CloudVertexBot, Amazonbot, bedrockbot, meta-externalagent, FacebookBot,
      Applebot-Extended, cohere-ai, cohere-training-data-crawler, AI2Bot, Ai2Bot-Dolma, Diffbot, YouBot, omgili, omgilibot,
      Webzio-Extended, Timpibot, ImagesiftBot, img2dataset, PanguBot, Kangaroo Bot, ICC-Crawler, Cotoyogi, Crawl4AI,
      FirecrawlAgent, DeepSeekBot, MistralBot, xAI-Bot, Grokbot, iaskspider, Andibot, PhindBot, Sidetrade, VelenPublicWebCrawler,
      Brightbot, aiHitBot, Factset_spyderbot, ISSCyberRiskCrawler, netEstate Imprint Crawler, Poseidon Research Crawler,
      Scrapegraph, SBIntuitionsBot, LinerBot, LAIONDownloader, SemrushBot-OCOB, WRTNBot, ChatGLM-Spider, KimiBot, Groq-Bot,
      TavilyBot, LinkupBot, Amzn-SearchBot, AzureAI-SearchBot, ExaBot, ApifyWebsiteContentCrawler, Spider.cloud`,
  },
  {
    kind: 'ai_crawler',
    what: 'an AI assistant',
    names: `ChatGPT-User, ChatGPT Agent, ^OpenAI/, Claude-User, Claude-Code, Perplexity-User, MistralAI-User, DuckAssistBot,
      meta-externalfetcher, Google-Agent, Google-NotebookLM, NotebookLM, Gemini-Deep-Research, GoogleAgent-Mariner, Amzn-User,
      Devin/, Manus-User, NovaAct, OpenAI Operator, Cursor/, Trae/, Windsurf/, LangChain, LlamaIndex, AutoGPT, browser-use, Kagi-Assistant, Gemini-AI,
      Google-GeminiNotebook, Google-Gemini-CLI, PerplexityUser`,
  },
  {
    kind: 'link_preview',
    what: 'which previews links',
    names: `Slackbot-LinkExpanding, Slackbot, Slack-ImgProxy, facebookexternalhit, facebookcatalog, Facebot, Twitterbot,
      LinkedInBot, ^WhatsApp, TelegramBot, Discordbot, SkypeUriPreview, Microsoft Preview, MicrosoftPreview, BingPreview,
      Google Web Preview, Iframely, Embedly, Pinterestbot, redditbot, vkShare, ^Viber, line-poker, Linespider, kakaotalk-scrap,
      Snap URL Preview Service, Snapchat Preview, Cardyb, ^Mastodon, (Mastodon/, Pleroma, Misskey, Akkoma, Synapse (bot, ^Rocket.Chat, Mattermost-Bot,
      Nextcloud Server Crawler, Notionbot, XING-contenttabreceiver, Quora Link Preview, ^Tumblr,
      FlipboardProxy, opengraph, OpenGraphReader, MetaInspector, LinkPreview, Link Preview, UrlPreview, Google-PageRenderer,
      Yahoo Link Preview, GoogleImageProxy, YahooMailProxy, YahooCacheSystem, Zoom Marketplace, ^Threema, Bitlybot, DingTalkBot-LinkService, facebookexternalua`,
  },
  {
    kind: 'mail_scanner',
    what: 'which scans links in e-mails',
    names: `Barracuda, BarracudaCentral, Proofpoint, Mimecast, BitdefenderX, Bitdefender, MessageLabs, Symantec, Trend Micro,
      TrendMicro, FireEye, Trellix, Forcepoint, IronPort, Cloudmark, SpamTitan, VadeSecure, Avanan, Ironscales, 
      Trustwave, MailMarshal, Hornetsecurity, Retarus, FortiMail, FortiGuard, SafeLinks, Safe Links, MS-SafeLinks, AppRiver, Libraesva,
      MailGuard, MailScanner, Spamhaus, SpamAssassin, Rspamd, Abnormal Security, Tessian, GreatHorn, ClamAV`,
  },
  {
    kind: 'headless',
    what: 'a browser that a program drives',
    names: `HeadlessChrome, HeadlessFirefox, HeadlessEdg, HeadlessEdge, Headless, PhantomJS, SlimerJS, CasperJS, Puppeteer,
      Playwright, Selenium, WebDriver, ChromeDriver, Cypress, Nightmare, NightmareJS, TestCafe, WebdriverIO, jsdom, HtmlUnit,
      ZombieJS, Zombie.js, SplashBrowser, Browserless, Browsershot, Browserbase, wkhtmltopdf, wkhtmltoimage, webkit2png, mShots,
      Rendertron, Prerender, Ghost Inspector, Chrome-Lighthouse, Lighthouse, PageSpeed, Google Page Speed, GTmetrix,
      PTST, WebPageTest, SpeedCurve, DebugBear, Dareboost, YSlow, YellowLab, Sitespeed.io, Functionize, DejaClick, Percy/, Applitools, Storybook, Miniature.io`,
  },
  {
    kind: 'bot',
    what: 'a crawler of a search engine',
    names: `Googlebot, GoogleOther, AdsBot-Google, Mediapartners-Google, Storebot-Google, APIs-Google, FeedFetcher-Google,
      DuplexWeb-Google, PlayStore-Google, Google-InspectionTool, Google-Read-Aloud, Google-Safety, Google-Site-Verification, Google-Adwords,
      bingbot, msnbot, adidxbot, YandexBot, YandexImages, Baiduspider, DuckDuckBot, Applebot, Yahoo! Slurp, Slurp, SeznamBot, PetalBot,
      Sogou web spider, Daumoa, Qwantify, Qwantbot, MojeekBot, Exabot, coccocbot, 360Spider, YisouSpider, ia_archiver, archive.org_bot`,
  },
  {
    kind: 'bot',
    what: 'which studies sites for search rank and advertising',
    names: `AhrefsBot, AhrefsSiteAudit, SemrushBot, SiteAuditBot, MJ12bot, DotBot, rogerbot, BLEXBot, DataForSeoBot, SEOkicks,
      serpstatbot, Screaming Frog, Barkrowler, ZoominfoBot, MegaIndex, SISTRIX, Seobility, XoviBot, linkdexbot, SEMalt, Sitebulb, ContentKing, OnCrawl,
      DeepCrawl, Ryte, Botify, Criteobot, proximic, GrapeshotCrawler, TTD-Content, adbeat, Integral Ad Science, DoubleVerify`,
  },
  {
    kind: 'bot',
    what: 'which watches whether sites answer',
    names: `Pingdom, PingdomTMS, UptimeRobot, StatusCake, Uptime-Kuma, Better Uptime, Site24x7, NewRelicPinger, NewRelicSynthetics,
      DatadogSynthetics, SyntheticsAgent, ThousandEyes, Catchpoint, GomezAgent, YottaaMonitor, CloudflareObservatory, HetrixTools, updown.io,
      Checkly, Freshping, Jetmon, Nagios, check_http, Zabbix, Blackbox Exporter, kube-probe, ELB-HealthChecker, GoogleHC, GoogleStackdriverMonitoring,
      Amazon-Route53-Health-Check-Service, Uptimia, Montastic, NodePing, Monitis, AlertSite, Dynatrace, RuxitSynthetic, Dotcom-Monitor, 360JK`,
  },
  {
    kind: 'bot',
    what: 'which looks for weak points of sites',
    names: `CensysInspect, Shodan, Nessus, Qualys, Detectify, Acunetix, Netsparker, Nikto, sqlmap, Nuclei, ZGrab, masscan,
      Nmap Scripting Engine, WPScan, Wappalyzer, BuiltWith, NetcraftSurveyAgent, Netcraft, InternetMeasurement, Assetnote, watchTowr, Intruder.io, Probely,
      Burp Suite, OpenVAS, Rapid7, Tenable, Sucuri, SiteLock, Sansec, Virusdie, urlscan, VirusTotal, LeakIX, l9explore, l9tcpid, FOFA, ZoomEye, PhishTank`,
  },
  {
    kind: 'bot',
    what: 'which reads feeds',
    names: `^Feedly, Feedbin, Inoreader, NewsBlur, Tiny Tiny RSS, FreshRSS, Miniflux, FeedBurner, Superfeedr, Bloglovin,
      NetNewsWire, Netvibes, SimplePie, MagpieRSS, UniversalFeedParser, Feedspot, FeedDemon, feeder.co, theoldreader.com, Vienna/`,
  },
  {
    kind: 'bot',
    what: 'a tool or library of programmers',
    names: `curl, ^Wget, HTTPie, PostmanRuntime, python-requests, Python-urllib, aiohttp, python-httpx, Scrapy, Go-http-client,
      okhttp, Apache-HttpClient, ^Java/, Java-http-client, Jakarta Commons-HttpClient, axios, node-fetch, undici, superagent, libwww-perl,
      LWP::Simple, Guzzle, GuzzleHttp, Faraday, RestSharp, Typhoeus, http.rb, reqwest, HTTrack, Indy Library, WinHttp, PycURL, MS Web Services Client Protocol,
      Snoopy, Mechanize, colly`,
  },
]

export interface AutomaticSign {
  /** `bot` when not given */
  readonly kind?: AutomatonKind
  readonly sign: RegExp
  /** what the user agent does, to go on with what was found */
  readonly says: string
}

/** Signs that a program made the request, beyond what isbot knows; the first counts. */
export const AUTOMATIC_SIGNS: readonly AutomaticSign[] = [
  {
    kind: 'link_preview',
    sign: /(?:link|url|web|page) ?preview|preview ?(?:bot|service)|unfurl|oembed|open ?graph/i,
    says: 'speaks of previews of links',
  },
  { sign: /https?:[^\s;,)]*|\bwww\.[^\s;,)]*/i, says: 'holds a web address' },
  { sign: /[\w.+-]+@[a-z][\w-]*(?:\.[a-z][\w-]*)+/i, says: 'holds an e-mail address' },
  {
    sign: /(?<![\w.@-])[a-z][\w-]*\.(?:com|org|io|ai|dev|info|eu|co|cloud|site|party|tech)(?![\w-]|\.\w)/i,
    says: 'holds the name of a site',
  },
  {
    sign: /crawl|spider|scrap(?:er|ing|y)|harvest|sniffer|screenshot|thumb|\buptime|sitemap|monitoring|jiankong|pentest|vulnerab|indexer|fetch|\bprobe/i,
    says: 'holds a word for what robots do',
  },
  { kind: 'headless', sign: /\(Unknown; Linux (?:x86_64|i[36]86)\)/, says: 'knows no screen system' },
  // servers run Chrome on Linux and add their own name; browsers add a version
  { sign: /\(X11; Linux x86_64\) .*\bSafari\/[\d.]+ [A-Za-z]+$/, says: 'ends as no browser’s does' },
]

/** A device or system that people hold, or a browser of its own kind: browsers name one, even odd and old ones. */
const PLATFORMS = `windows win9\\d winnt win32 win64 mac linux x11 android adr iphone ipad ipod ios darwin cros mobile midp msie
  trident phone tablet symb series.?\\d0 nokia blackberry bb10 playbook samsung palm webos web0s tizen bada meego maemo kaios tv
  smarthub viera aquos bravia roku netcast nintendo playstation psp xbox sega dreamcast bsd sunos solaris irix hp-ux aix osf vms
  os/2 beos haiku amiga morphos risc qnx tesla syllable plan.?9 inferno harmony fuchsia brew up\\.browser docomo kddi j-phone
  softbank \\[fb lynx w3m links ucweb netfront qtver qtwebengine dvp kindle silk gecko/\\d crkey watch j2me version/[\\d.]+.safari`

export const PLATFORM = new RegExp(PLATFORMS.split(/\s+/).join('|'), 'i')

/**
 * What isbot takes for a robot's and is a person's: the word "device" takes its place before isbot is asked. Phones, TV
 * sets, consoles, apps that show pages.
 */
export const HUMAN_WORDS: readonly RegExp[] = [
  /\b\w*cubot\w*/gi,
  /\bHTC[ _;]+Radar\b/gi,
  /\bJava(?:(?= MIDP)| ?Platform\b)/gi,
  // Dalvik, its name cut off
  /^[\d.]+ (?=\(Linux; U; Android)/,
  /\b(?:CE-HTML|HbbTV|NetTV|GoogleTV|Google TV)\b(?:[ /][\d.]+)?(?: ?\(\))?/gi,
  /^[\w-]*(?:SEGASATURN|DREAMCAST)\w*\/[\d.]+/i,
  /\bDaum(?:Apps|Device)\/[\w.]+/gi,
  /\bGoogle (?=Nexus|Pixel|Chromecast|Chrome)/gi,
  /\bcom\.google\.[\w.]+|\bgoogle_?play\b/gi,
]

/** Human words only behind a sign of a device: looked for once, for a lookbehind that goes back to it costs cubic time. */
export const HUMAN_WORDS_BEHIND: readonly { readonly sign: RegExp; readonly word: RegExp }[] = [
  { sign: /tv|ce-html|nintendo|playstation|samsung/i, word: /(?<![\w-])[\w-]+\/1\.0(?=;)/g },
  // an app that shows news
  { sign: /; wv\)|\bMobile\/\w/i, word: /\b\w*news\w*(?:\/[\w.]+)?/gi },
]

/** The model of a phone, as Android says it: any word may be in it. */
export const ANDROID_MODEL = /(?<=\bAndroid [\d.]+;(?: ?U;)?(?: ?[a-z]{2}[-_][a-z]{2};)? ?)[^;()]+/gi

/** Old devices that say no more than their model; isbot takes so short a text for a robot's. */
export const BARE_DEVICE =
  /^(?:device|nokia|sonyericsson|samsung-|sec-|blackberry|lg[-/e]|mot-|sie-|sagem|sharp-|panasonic-|alcatel-|huawei|zte-|philips|sanyo|kddi-|docomo\/|j-phone|softbank|roku)[\w-]*(?:[/ ][\w.()-]+)*$/i
