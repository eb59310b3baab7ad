/** Words around numbers, lower case and without accents. */

const word = (phrases: string): string =>
  phrases
    .split(',')
    .map(phrase => phrase.trim().normalize('NFKD').replace(/\p{M}/gu, '').replaceAll(' ', String.raw`[\s-]+`))
    .join('|')

const only = (phrases: string): RegExp => new RegExp(`^(?:${word(phrases)})$`, 'u')

/** Where one of these stands as a word of its own before the number; Hebrew sets its preposition to the number. */
const before = (signs: string, phrases: string): RegExp =>
  new RegExp(String.raw`[${signs}]|(?<!\p{L})(?:${word(phrases)})(?!\p{L})`, 'u')

/** Units that follow a number. */
export const MULTIPLIERS: readonly (readonly [unit: RegExp, factor: number])[] = [
  [only('mil millones, mil milhoes'), 1e9],
  [
    only(
      'k, thousand, thousands, tsd, tausend, tys, tysiac, tysiecy, mille, mil, milhares, miles, mila, duizend, tis, tisic, hil, хил, хиляди, тыс, тысяч, тысячи, тис, тисяч, אלף, אלפים',
    ),
    1e3,
  ],
  [only('lakh, lakhs, lac'), 1e5],
  [
    only(
      'm, mm, mn, mio, mln, million, millions, millionen, millones, milioni, milione, miljoen, milion, milionow, miliony, milionu, milhao, milhoes, мил, млн, милион, милиона, милиони, миллион, миллионов, миллиона, мільйон, мільйони, мільйонів, מיליון, מליון, מיליוני, м',
    ),
    1e6,
  ],
  [only('crore, crores, cr'), 1e7],
  [
    only(
      'b, bn, mrd, mld, billion, billions, milliarde, milliarden, milliard, milliards, miliard, miliardy, miliardow, miliardi, miliardo, miljard, млрд, милиард, милиарда, миллиард, миллиарда, миллиардов, мільярд, мільярдів, מיליארד, מיליארדי, bilhao, bilhoes',
    ),
    1e9,
  ],
  [
    only(
      'billon, billones, billionen, trillion, trillions, tn, trn, трлн, триллион, триллиона, триллионов, трилион, трилиона',
    ),
    1e12,
  ],
]

export const BELOW = before(
  '<≤',
  "less than, fewer than, lower than, smaller than, under, up to, below, at most, max, maximum, not more than, no more than, bis, bis zu, unter, weniger als, hochstens, kleiner als, moins de, moins que, jusqu a, jusqu, jusqu’a, jusqu'a, inferieur a, hasta, menos de, menor a, menor de, inferior a, meno di, fino a, inferiore a, tot, minder dan, hooguit, onder, ate, menos que, abaixo de, do, ponizej, mniej niz, mniej, nie wiecej niz, mene nez, mene, maximalne, до, под, по-малко от, под, не повече от, менее, меньше, меньше чем, не более, менше, менше ніж, не більше, עד, פחות, פחות מ, מתחת ל, לכל היותר",
)

export const ABOVE = before(
  '>',
  'more than, over, above, greater than, mehr als, uber, ueber, grosser als, großer als, plus de, plus que, superieur a, mas de, mayor a, mayor de, superior a, piu di, oltre, superiore a, meer dan, boven, mais de, mais que, acima de, ponad, powyzej, wiecej niz, vice nez, nad, над, повече от, повече, более, больше, больше чем, свыше, выше, понад, більше, більше ніж, более чем, מעל, יותר, יותר מ, למעלה מ',
)

/** `50 or fewer` */
export const BELOW_AFTER = new RegExp(
  String.raw`(?<!\p{L})(?:${word('or less, or fewer, or below, and under, and below, and less, or under, oder weniger, und weniger, et moins, ou moins, o menos, y menos, ou menos, e menos, o meno, e meno, of minder, en minder, lub mniej, i mniej, nebo mene, или по-малко, и по-малко, или менее, и менее, или меньше, або менше, או פחות, ומטה')})(?!\p{L})`,
  'u',
)

/** A company of one. */
export const ALONE = only(
  'just me, only me, me, myself, myself only, only myself, i work alone, solo, solopreneur, self employed, freelance, freelancer, sole proprietor, sole trader, one person, 1 person, single person, one, nur ich, ich allein, einzelunternehmer, einzelunternehmen, einzelunternehmerin, soloselbstandig, moi seul, juste moi, seulement moi, independant, auto entrepreneur, solo yo, autonomo, autonoma, solo io, libero professionista, alleen ik, zzp, zzper, eenmanszaak, so eu, apenas eu, tylko ja, jednoosobowa, jednoosobowa dzialalnosc, jednoosobowa dzialalnosc gospodarcza, jen ja, само аз, сам, един човек, самонает, едноличен търговец, только я, самозанятый, ип, работаю один, тільки я, фоп, רק אני, עצמאי, עצמאית, לבד',
)
