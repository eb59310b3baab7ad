/**
 * Numbers as forms and CRMs write them. A range is read as its middle, rounded: of `50–200` and `201–500` a rule's
 * `{from: 50, to: 200}` must match the first and not the second, and neither end of a range can promise that (200 is the
 * lower end of `200–500`). `1000+` is its lower bound, `over 1000` one more, `under 50` the middle of 0 and 50.
 */

const MULTIPLIERS: readonly (readonly [unit: RegExp, factor: number])[] = [
  [/^(?:k|thousand|tsd|tys|mille|mil|хил|хиляди|тыс|тысяч|אלף)$/u, 1e3],
  [
    /^(?:m|mm|mn|mio|mln|million|millions|millionen|millones|milioni|miljoen|milion|milionow|млн|милион|милиона|миллион|миллионов|מיליון)$/u,
    1e6,
  ],
  [/^(?:b|bn|mrd|mld|billion|billions|milliarden|milliard|miliard|млрд|милиард|миллиард|מיליארד)$/u, 1e9],
]
const BELOW =
  /^(?:[<≤]|less than|fewer than|under|up to|below|bis|unter|weniger als|moins de|jusqu|hasta|menos de|meno di|fino a|minder dan|tot|ate|do|ponizej|mene nez|до|под|менее|меньше|по-малко|עד|פחות מ)/u
const ABOVE =
  /^(?:>|more than|over|above|mehr als|über|plus de|más de|mas de|più di|piu di|oltre|meer dan|mais de|ponad|powyżej|více než|над|повече от|более|больше|свыше|понад|מעל|יותר מ)/u
const ALONE =
  /^(?:just me|only me|myself|solo|self[ -]employed|freelancer|1 person|nur ich|einzelunternehmer|само аз|только я|רק אני)$/u
const NUMBER = /(\d+(?:[.,\s\u00a0\u202f'’]\d{3})+(?!\d)|\d+(?:[.,]\d+)?)\s*(\p{L}*)/gu

/** The number in a text like `11–50 employees`, `1 000+`, `€5–10M`, or null when it holds none, or more than a range. */
export function amountIn(text: string): number | null {
  const plain = text.trim().toLowerCase()
  if (ALONE.test(plain)) return 1
  const found = [...plain.matchAll(NUMBER)].map(([, digits = '', unit = '']) => ({
    value: numberOf(digits),
    factor: MULTIPLIERS.find(([name]) => name.test(unit))?.[1] ?? 1,
  }))
  const [first, second] = found
  if (first === undefined || found.length > 2) return null
  if (second === undefined) return oneSided(plain, first.value * first.factor)
  const low = first.value * (first.factor === 1 && first.value < second.value ? second.factor : first.factor)
  const high = second.value * second.factor
  return low <= high ? Math.round((low + high) / 2) : null
}

function oneSided(text: string, amount: number): number {
  if (BELOW.test(text)) return Math.round(amount / 2)
  return ABOVE.test(text) ? amount + 1 : amount
}

/** `1,000` and `1.000` are a thousand; `1,5` and `1.5` one and a half. */
const numberOf = (digits: string): number =>
  /^\d+(?:[.,\s\u00a0\u202f'’]\d{3})+$/.test(digits)
    ? Number(digits.replace(/\D/g, ''))
    : Number(digits.replace(',', '.'))
