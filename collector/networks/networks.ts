import { MINUTE_MS } from '../../shared/time.ts'
import type { Config } from '../config/shape.ts'
import type { Noted } from '../contracts/facts.ts'
import type { ScoringModel } from '../contracts/model.ts'
import { networkOf } from '../ingest/network.ts'
import type { Noting, Sender } from '../ingest/noting.ts'
import type { Signals } from '../signals.ts'
import { type Address, readAddress } from './address.ts'
import { openCompanies } from './companies.ts'
import { openCountries } from './country.ts'
import { countCrowds, MORE_THAN_AN_OFFICE } from './crowd.ts'
import { listsHolding } from './lists.ts'
import { modelsInForce, type VersionsStore } from './models-in-force.ts'

export interface NetworksDeps {
  readonly config: Pick<Config, 'geoDb' | 'companyNetworks'>
  readonly store: VersionsStore
  readonly signals: Signals
  /** one line about what went wrong, for the operator */
  readonly warn: (line: string) => void
}

/** What an address says, looked up while it is whole (facts.ts, Noted). The address itself is kept here alone, in memory. */
export interface Networks extends Pick<Noting, 'network'> {
  /** Resolves when a site's lists are at hand, as `network` wants them: at once, unless the site is new to it. */
  prepare(site: string): Promise<void>
  /** Looks at once for what it otherwise finds by itself: another country file, what other processes published. */
  refresh(): Promise<void>
  close(): void
}

/** Our choice: a country file comes once a week. */
const LOOK_MS = MINUTE_MS

/** Addresses whose answers are kept, a few megabytes; then all are forgotten (as shared memos are). */
const KEPT = 20_000

interface Known {
  readonly address: Address | null
  readonly model: ScoringModel | null
  readonly noted: Pick<Noted, 'country' | 'company' | 'lists'>
}

/** @throws StartError when a file of the configuration cannot be used */
export async function openNetworks(deps: NetworksDeps): Promise<Networks> {
  const { config, warn } = deps
  const countries = config.geoDb === null ? null : await openCountries(config.geoDb)
  const companyOf = config.companyNetworks === null ? null : openCompanies(config.companyNetworks)
  const models = modelsInForce(deps.store, deps.signals)
  const crowdAt = crowds(warn)
  const kept = new Map<string, Known>()

  function lookUp(text: string, model: ScoringModel | null): Known {
    const address = readAddress(text)
    if (address === null) return { address, model, noted: {} }
    const country = address.isLocal ? null : (countries?.countryOf(address.text) ?? null)
    const company = companyOf?.(address.position) ?? null
    const lists = model === null ? [] : listsHolding(model.lists, address.position)
    const noted = {
      ...(country !== null && { country }),
      ...(company !== null && { company }),
      ...(lists.length > 0 && { lists }),
    }
    return { address, model, noted }
  }

  function known({ site, address, now }: Sender): Known {
    const model = models.modelOf(site, now)
    const key = `${site} ${address}`
    const before = kept.get(key)
    if (before !== undefined && before.model === model) return before
    const fresh = lookUp(address, model)
    if (kept.size >= KEPT) kept.clear()
    kept.set(key, fresh)
    return fresh
  }

  async function lookForCountries(): Promise<void> {
    const outcome = (await countries?.refresh()) ?? 'same'
    if (outcome === 'taken') kept.clear()
    else if (outcome !== 'same') warn(`${outcome.problem} The one from before stays in use.`)
  }

  const looking = setInterval(() => void lookForCountries(), LOOK_MS).unref()
  return {
    network: sender => {
      const { address, noted } = known(sender)
      const crowd = address === null ? null : crowdAt(address, sender)
      return crowd === null ? noted : { ...noted, crowd }
    },
    prepare: models.prepare,
    refresh: async () => {
      await Promise.all([lookForCountries(), models.refresh()])
    },
    close: () => {
      clearInterval(looking)
      models.close()
    },
  }
}

/** How many there are where there are too many; null elsewhere. Says the first time what may be behind it. */
function crowds(warn: (line: string) => void): (address: Address, sender: Sender) => number | null {
  const { seen } = countCrowds()
  const said = new Set<boolean>()
  return (address, { site, visitor, now, isLive }) => {
    if (!isLive) return null
    const crowd = seen(`${site} ${address.place}`, visitor, now)
    if (crowd <= MORE_THAN_AN_OFFICE) return null
    if (!said.has(address.isLocal)) warn(whatIsBehind(crowd, address))
    said.add(address.isLocal)
    return address.isLocal ? null : crowd
  }
}

/** A visitor's address is in no log whole; a private one is no visitor's. */
const whatIsBehind = (crowd: number, { text, isLocal }: Address): string =>
  isLocal
    ? `${crowd} visitors within ten minutes came from ${text}, a private address: it seems to be a proxy, so nothing is known of anybody's address. Set GOLDPAN_TRUSTED_PROXIES=${text} if it is.`
    : `${crowd} visitors within ten minutes came from one address in ${networkOf(text)}: no office has so many, and they are noted as a crowd. If it is a proxy of yours, list it in GOLDPAN_TRUSTED_PROXIES.`
