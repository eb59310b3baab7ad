const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

/**
 * Forms of address and titles before a name, lower case, without full stops and hyphens. Words that are first or family
 * names as well (Don, Pan, Sir as a name) are left out: a title too many is better than a name lost.
 */
export const HONORIFICS: ReadonlySet<string> = words(`
  mr mrs ms miss mx dr med prof professor sir madam dame eng ing hon rev capt
  herr frau dipling dipl mag magister
  monsieur madame mademoiselle mme mlle me maître
  señor señora señorita sr sra srta doña lic
  signor signora sig sigra dott dottssa dottoressa avv arch geom rag
  dhr mevr mevrouw meneer drs ir
  senhor senhora exmo
  inż mgr pani hab
  гн гжа господин господинът госпожа госпожица др проф доц инж адв арх акад
  гр гражданин дн кн
  פרופ דר מר גברת גב עוד הרב
`)

/** Beside one of these a single name is the family's: Dr. House, but Pani Anna. */
export const SURNAME_TITLES: ReadonlySet<string> = words(`
  mr mrs ms dr prof professor herr frau monsieur
`)

/** Of what somebody is a doctor, always with a full stop: without one, `Phil` is a name. */
export const DOCTORATES: ReadonlySet<string> = words(`
  med. dent. vet. jur. iur. phil. rer. nat. oec. pol. habil. theol. techn. sc. psych. publ. agr. mult. univ. c. h.c.
`)

/** Degrees and generations after a name. */
export const NAME_SUFFIXES: ReadonlySet<string> = words(`
  jr sr snr jnr ii iii iv phd mba md msc bsc cpa cfa esq dds dvm llm llb mph pmp frcs ceng obe mbe
`)

/** Words that open a family's name: van Beethoven, de la Cruz. */
export const NAME_PARTICLES: ReadonlySet<string> = words(`
  van von vom zu zum zur der den ten ter te de del dela della dello dei degli di da das do dos du des la le af av
`)
