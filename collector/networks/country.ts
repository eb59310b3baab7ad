import { readFile, stat } from 'node:fs/promises'
import { Reader, type Response } from 'mmdb-lib'
import { StartError } from '../config/start-error.ts'

export interface Countries {
  /** ISO 3166-1 alpha-2 of a whole address; null: the file does not say. */
  countryOf(address: string): string | null
  /** Takes the file again when it is another; one that cannot be read changes nothing. @returns what changed, or went wrong */
  refresh(): Promise<'same' | 'taken' | { readonly problem: string }>
}

/**
 * Countries of an operator's MMDB file: GeoLite2 and GeoIP2 Country or City, DB-IP, IPinfo.
 * @throws StartError when the file cannot be used
 */
export async function openCountries(path: string): Promise<Countries> {
  let stamp = await stampOf(path)
  const problemWith = (error: unknown): string =>
    `GOLDPAN_GEO_DB: expected an MMDB file with countries, came ${JSON.stringify(path)} (${reasonOf(error)}). Download it again, or unset the variable.`
  let reader = await read(path).catch(error => {
    throw new StartError(problemWith(error))
  })
  return {
    countryOf: address => countryIn(reader, address),
    refresh: async () => {
      const now = await stampOf(path)
      if (now === stamp) return 'same'
      stamp = now
      try {
        reader = await read(path)
        return 'taken'
      } catch (error) {
        return { problem: problemWith(error) }
      }
    },
  }
}

/** What a file that was replaced has another of; a missing one is read to learn why. */
const stampOf = async (path: string): Promise<string> =>
  stat(path).then(
    ({ ino, size, mtimeMs }) => [ino, size, mtimeMs].join(' '),
    () => 'missing',
  )

async function read(path: string): Promise<Reader<Response>> {
  const reader = new Reader<Response>(await readFile(path), { cache: recordCache() })
  const records = sampleOf(reader)
  if (records.length > 0 && !records.some(record => codeIn(record) !== null))
    throw new Error(`a ${reader.metadata.databaseType} database, whose records name no country`)
  return reader
}

/** Records that many addresses share are decoded once. Bounded: of cities there are a hundred thousand. */
function recordCache() {
  const kept = new Map<string | number, unknown>()
  return {
    get: (key: string | number) => kept.get(key),
    set: (key: string | number, record: unknown) => {
      if (kept.size >= RECORDS_KEPT) kept.clear()
      kept.set(key, record)
    },
  }
}

const RECORDS_KEPT = 10_000

/** Records of addresses all over the Internet: enough to see that the file is whole, and what it is about. */
const sampleOf = (reader: Reader<Response>): readonly unknown[] =>
  Array.from({ length: 223 }, (_, at) => reader.get(`${at + 1}.9.9.9`)).filter(record => record !== null)

function countryIn(reader: Reader<Response>, address: string): string | null {
  try {
    return codeIn(reader.get(address))
  } catch {
    // a damaged part of the file says nothing
    return null
  }
}

/** `country.iso_code` with MaxMind and DB-IP; `country_code`, or the bare code as `country`, with IPinfo. */
function codeIn(record: unknown): string | null {
  const { country, country_code } = fieldsOf(record)
  const code = fieldsOf(country).iso_code ?? country_code ?? country
  return typeof code === 'string' && /^[A-Z]{2}$/.test(code) ? code : null
}

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {}

const reasonOf = (error: unknown): string =>
  error instanceof Error ? ('code' in error ? String(error.code) : error.message) : String(error)
