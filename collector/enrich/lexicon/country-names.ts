/** ISO 3166-1 alpha-2 codes of countries and territories; and XK, left to users there, which all use for Kosovo. */
export const COUNTRY_CODES: readonly string[] =
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW'.split(
    ' ',
  )

/** ISO 3166-1 alpha-3, in the order of COUNTRY_CODES. */
export const COUNTRY_CODES_3: readonly string[] =
  'AND ARE AFG ATG AIA ALB ARM AGO ATA ARG ASM AUT AUS ABW ALA AZE BIH BRB BGD BEL BFA BGR BHR BDI BEN BLM BMU BRN BOL BES BRA BHS BTN BVT BWA BLR BLZ CAN CCK COD CAF COG CHE CIV COK CHL CMR CHN COL CRI CUB CPV CUW CXR CYP CZE DEU DJI DNK DMA DOM DZA ECU EST EGY ESH ERI ESP ETH FIN FJI FLK FSM FRO FRA GAB GBR GRD GEO GUF GGY GHA GIB GRL GMB GIN GLP GNQ GRC SGS GTM GUM GNB GUY HKG HMD HND HRV HTI HUN IDN IRL ISR IMN IND IOT IRQ IRN ISL ITA JEY JAM JOR JPN KEN KGZ KHM KIR COM KNA PRK KOR KWT CYM KAZ LAO LBN LCA LIE LKA LBR LSO LTU LUX LVA LBY MAR MCO MDA MNE MAF MDG MHL MKD MLI MMR MNG MAC MNP MTQ MRT MSR MLT MUS MDV MWI MEX MYS MOZ NAM NCL NER NFK NGA NIC NLD NOR NPL NRU NIU NZL OMN PAN PER PYF PNG PHL PAK POL SPM PCN PRI PSE PRT PLW PRY QAT REU ROU SRB RUS RWA SAU SLB SYC SDN SWE SGP SHN SVN SJM SVK SLE SMR SEN SOM SUR SSD STP SLV SXM SYR SWZ TCA TCD ATF TGO THA TJK TKL TLS TKM TUN TON TUR TTO TUV TWN TZA UKR UGA UMI USA URY UZB VAT VCT VEN VGB VIR VNM VUT WLF WSM XKX YEM MYT ZAF ZMB ZWE'.split(
    ' ',
  )

/** Languages whose names of countries are understood. */
export const COUNTRY_LANGUAGES: readonly string[] =
  'en de fr es it nl pt pl cs bg ru uk he ja sk hr hu ro tr el sv da no fi lt zh ko ar'.split(' ')

/** What people write beside the official names. */
export const COUNTRY_ALIASES: Readonly<Record<string, string>> = {
  US: 'usa, u s a, u s, united states of america, the united states, america, estados unidos de america, eeuu, ee uu, etats unis d amerique, stany zjednoczone ameryki, сащ, сша, сполучені штати америки, ארהב, ארצות הברית של אמריקה, アメリカ',
  GB: 'uk, u k, great britain, great britain and northern ireland, britain, england, scotland, wales, northern ireland, grossbritannien, england uk, grande bretagne, angleterre, gran bretana, inglaterra, gran bretagna, inghilterra, groot brittannie, wielka brytania, anglia, velka britanie, великобритания, англия, велика британія, אנגליה, イギリス',
  DE: 'brd, federal republic of germany, bundesrepublik deutschland, république fédérale d allemagne, rfn, фрг',
  NL: 'holland, the netherlands, holanda, olanda, hollande, holandia, holandsko, холандия, голландия, הולנד',
  CZ: 'czech republic, tschechische republik, tschechei, republique tcheque, republica checa, repubblica ceca, republika czeska, ceska republika, чешка република, чешская республика, чехия',
  RU: 'russian federation, russische foderation, federation de russie, российская федерация, рф, руска федерация, федерация россия',
  KR: 'south korea, korea, korea south',
  KP: 'north korea, korea north, democratic people s republic of korea, korea democratic people s republic of, dprk',
  AE: 'uae, u a e, emirates, dubai, vae, оаэ, оае',
  CH: 'swiss, confederation suisse',
  IL: 'state of israel',
  BG: 'republic of bulgaria, република българия',
  PL: 'republic of poland, rzeczpospolita polska, rp',
  MK: 'macedonia, north macedonia, fyrom, македония',
  MD: 'moldova, republic of moldova',
  VN: 'viet nam',
  TR: 'turkey, turkiye, турция',
  BY: 'belarus, белоруссия',
  IR: 'iran',
  TW: 'taiwan, taiwan province of china, republic of china',
  TZ: 'tanzania',
  VE: 'venezuela',
  BO: 'bolivia',
  SY: 'syria, syrian arab republic',
  LA: 'laos, lao people s democratic republic',
  IE: 'eire, irish republic',
  SK: 'slovak republic',
  XK: 'kosovo, kosova, косово',
  BN: 'brunei',
  CI: 'ivory coast',
  CV: 'cape verde',
  SZ: 'swaziland',
  MM: 'burma',
  HK: 'hong kong, hong kong sar',
  MO: 'macau, macao, macau sar, macao sar',
  PS: 'palestine',
  VA: 'vatican, vatican city state, holy see, holy see vatican city state',
  CD: 'dr congo, drc, democratic republic of the congo, democratic republic of congo, congo the democratic republic of the, congo democratic republic of the',
  VG: 'virgin islands british',
  VI: 'virgin islands u s',
  FK: 'falkland islands malvinas',
}

/** What lists of countries hold besides, lower case: more than one country, or none. */
export const NO_COUNTRIES: ReadonlySet<string> = new Set(
  'eu, 🇪🇺, european union, europäische union, union européenne, unión europea, unione europea, europe, europa, europese unie, unia europejska, европейски съюз, европейский союз, eea, emea, apac, latam, worldwide, international, other'.split(
    ', ',
  ),
)

/**
 * Country code domains that say nothing of a country: sold to everybody for their letters, or given away (our choice, by
 * what startups, shorteners and spammers use), and `eu`.
 */
export const GENERIC_ENDINGS: ReadonlySet<string> = new Set(
  'eu io co ai me tv fm am ly gg to cc ws so sh ac ag as bz cd cf cm cx dj fo ga gd gl gq gs im je ki la lc li ml ms mu nf nr nu pn pw sb sc sr st su sx tc tf tk tl tm vc vg vi vu wf ax aq bv cv'.split(
    ' ',
  ),
)

/** Endings whose letters are not their country's code, internationalised ones as browsers show and as DNS carries them. */
export const OTHER_ENDINGS: Readonly<Record<string, string>> = {
  uk: 'GB',
  gov: 'US',
  mil: 'US',
  рф: 'RU',
  'xn--p1ai': 'RU',
  бг: 'BG',
  'xn--90ae': 'BG',
  укр: 'UA',
  'xn--j1amh': 'UA',
  срб: 'RS',
  'xn--90a3ac': 'RS',
  бел: 'BY',
  'xn--90ais': 'BY',
  қаз: 'KZ',
  'xn--80ao21a': 'KZ',
  ישראל: 'IL',
  'xn--4dbrk0ce': 'IL',
  ελ: 'GR',
  'xn--qxam': 'GR',
  中国: 'CN',
  'xn--fiqs8s': 'CN',
  한국: 'KR',
  'xn--3e0b707e': 'KR',
}
