/** ISO 3166-1 alpha-2 codes of countries and territories. */
export const COUNTRY_CODES: readonly string[] =
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW'.split(
    ' ',
  )

/** Languages whose names of countries are understood. */
export const COUNTRY_LANGUAGES: readonly string[] = 'en de fr es it nl pt pl cs bg ru uk he ja'.split(' ')

/** What people write beside the official names. */
export const COUNTRY_ALIASES: Readonly<Record<string, string>> = {
  US: 'usa, u s a, u s, united states of america, the united states, america, estados unidos de america, eeuu, ee uu, etats unis d amerique, stany zjednoczone ameryki, сащ, сша, сполучені штати америки, ארהב, ארצות הברית של אמריקה, アメリカ',
  GB: 'uk, u k, great britain, britain, england, scotland, wales, northern ireland, grossbritannien, england uk, grande bretagne, angleterre, gran bretana, inglaterra, gran bretagna, inghilterra, groot brittannie, wielka brytania, anglia, velka britanie, великобритания, англия, велика британія, אנגליה, イギリス',
  DE: 'brd, federal republic of germany, bundesrepublik deutschland, république fédérale d allemagne, rfn, фрг',
  NL: 'holland, the netherlands, holanda, olanda, hollande, holandia, holandsko, холандия, голландия, הולנד',
  CZ: 'czech republic, tschechische republik, tschechei, republique tcheque, republica checa, repubblica ceca, republika czeska, ceska republika, чешка република, чешская республика, чехия',
  RU: 'russian federation, russische foderation, federation de russie, российская федерация, рф, руска федерация, федерация россия',
  KR: 'south korea, korea, republic of korea, korea south',
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
  TW: 'taiwan',
  TZ: 'tanzania',
  VE: 'venezuela',
  BO: 'bolivia',
  SY: 'syria',
  LA: 'laos',
  BN: 'brunei',
  CI: 'ivory coast',
  CV: 'cape verde',
  SZ: 'swaziland',
  MM: 'burma',
  HK: 'hong kong',
  MO: 'macau, macao',
  PS: 'palestine',
  VA: 'vatican',
  CD: 'dr congo, democratic republic of the congo',
}
