import { type Random, randomFrom } from '../random.ts'

/** Somebody on a site, as far as a request shows it. */
export interface LoadVisitor {
  readonly id: string
  readonly session: string
  /** the whole address, one's own: who share one look like a crowd (collector/networks/crowd.ts) */
  readonly address: string
  /** the browser's headers, each line ended */
  readonly browser: string
  readonly random: Random
}

interface Browser {
  readonly userAgent: string
  /** what Chromium says of itself besides */
  readonly hints: string | null
}

/** Desktop and mobile browsers of late 2025, with the headers that each sends with a page's own request. */
const BROWSERS: readonly [Browser, ...Browser[]] = [
  {
    userAgent:
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
    hints: '"Google Chrome";v="141", "Not?A_Brand";v="8", "Chromium";v="141"',
  },
  {
    userAgent:
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
    hints: '"Chromium";v="140", "Not=A?Brand";v="24", "Google Chrome";v="140"',
  },
  {
    userAgent:
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0',
    hints: '"Microsoft Edge";v="141", "Not?A_Brand";v="8", "Chromium";v="141"',
  },
  {
    userAgent:
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15',
    hints: null,
  },
  {
    userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0',
    hints: null,
  },
  {
    userAgent:
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1',
    hints: null,
  },
]

const LANGUAGES: readonly [string, ...string[]] = [
  'en-US,en;q=0.9',
  'bg-BG,bg;q=0.9,en;q=0.8',
  'pl-PL,pl;q=0.9',
  'de-DE,de;q=0.9,en;q=0.7',
]

/**
 * The visitors of one load, without end.
 * @param load tells the visitors of one load from another's, 0 to 65,535
 */
export function visitorMaker(load: number): () => LoadVisitor {
  let number = 0
  return () => {
    const own = number++
    const random = randomFrom(load * 1_000_003 + own)
    const { userAgent, hints } = random.pick(BROWSERS)
    const more =
      hints === null ? '' : `sec-ch-ua: ${hints}\r\nsec-ch-ua-mobile: ?0\r\nsec-ch-ua-platform: "Windows"\r\n`
    const id = `${hex(load, 4)}${hex(own, 8)}${hex(random.whole(0, 0xffffffff), 8)}${hex(random.whole(0, 0xffffffff), 8)}0000`
    return {
      id,
      session: `s${id.slice(0, 24)}`,
      address: addressOf(load * 500_000 + own),
      browser: `User-Agent: ${userAgent}\r\n${more}Accept-Language: ${random.pick(LANGUAGES)}\r\n`,
      random,
    }
  }
}

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0')

/** An IPv4 address of the Internet for each number below 1.4 thousand million: 11.… to 99.…, neighbours far apart. */
function addressOf(number: number): string {
  const spread = Math.imul(number, 0x9e3779b1) & 0xffffff
  const first = 11 + ((Math.floor(number / 0x1000000) + number) % 85)
  return `${first}.${spread >>> 16}.${(spread >>> 8) & 255}.${spread & 255}`
}
